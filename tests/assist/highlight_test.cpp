#include "assist/highlight.h"

#include <map>

using namespace nabla;
using namespace nabla::session;
using namespace nabla::assist;
using nabla::parse::NameClass;

namespace {

class SomeNames final : public nabla::parse::Names {
 public:
  NameClass classify(std::string_view name) const override {
    const auto found = known.find(std::string(name));
    return found == known.end() ? NameClass::unknown : found->second;
  }
  std::vector<std::string> all() const override {
    std::vector<std::string> out;
    for (const auto& [name, unused] : known) out.push_back(name);
    return out;
  }
  std::map<std::string, NameClass> known{{"sin", NameClass::function},
                                         {"sum", NameClass::operation},
                                         {"integrate", NameClass::operation},
                                         {"pi", NameClass::value},
                                         {"speed", NameClass::value}};
};

char letter(Ink ink) {
  switch (ink) {
    case Ink::plain: return '.';
    case Ink::number: return '1';
    case Ink::function: return 'f';
    case Ink::op: return '+';
    case Ink::bound: return 'b';
    case Ink::unknown: return '?';
    case Ink::comment: return '#';
    case Ink::text: return '"';
    case Ink::keyword: return 'k';
    case Ink::match: return 'm';
    case Ink::unbalanced: return '!';
  }
  return ' ';
}

// A letter for each byte.
std::string inks(std::string_view text, std::size_t cursor = kNoCursor) {
  std::string out(text.size(), '.');
  for (const Stroke& s : highlight(text, cursor, SomeNames(), commands())) {
    for (std::size_t i = s.span.begin; i < s.span.end; ++i) out[i] = letter(s.ink);
  }
  return out;
}

}  // namespace

TEST_CASE("Each kind of word and sign has its colour") {
  CHECK(inks("sin(2.5) + pi") == "fff.111..+.bb");
  CHECK(inks("speed^2 # of it") == "bbbbb+1.#######");
  CHECK(inks("print \"sin(x)\", 3") == "kkkkk.\"\"\"\"\"\"\"\"..1");
  CHECK(inks("x + abcd") == "..+.????");
  CHECK(inks("x_1 y2 α") == ".........");
}

TEST_CASE("Variables of a form and parameters are bound") {
  CHECK(inks("f(time) = 2time") == "f.bbbb..+.1bbbb");
  CHECK(inks("sum(1/count, count, 1, 9)") == "fff.1+bbbbb..bbbbb..1..1.");
  CHECK(inks("∫(2, time, 0, 1)") == "fff.1..bbbb..1..1.");
  CHECK(inks("abc at abc = 2") == "bbb.kk.bbb.+.1");
}

TEST_CASE("A word that may still become known is not called unknown while the cursor is at it") {
  CHECK(inks("integr", 6) == "......");
  CHECK(inks("integr", 2) == "??????");
  CHECK(inks("integx", 6) == "??????");
  CHECK(inks("asser", 5) == ".....");
}

TEST_CASE("A name before a bracket is unknown unless it can be called") {
  CHECK(inks("g(2)") == "?.1.");
  CHECK(inks("g 2") == "..1");
}

TEST_CASE("Brackets are matched at the cursor, and reported where they close nothing") {
  CHECK(inks("(1)", 3) == "m1m");
  CHECK(inks("(1)", 0) == "m1m");
  CHECK(inks("(1)", 2) == "m1m");
  CHECK(inks("((1))", 1) == ".m1m.");
  CHECK(inks("(1]", 3) == ".1!");
  CHECK(inks("1)", 1) == "1!");
}

TEST_CASE("Commands are keywords at the start of each statement, their words are not unknown") {
  CHECK(inks("set digits 20; clear abcd") == "kkk........11..kkkkk.....");
  CHECK(inks("1\nset digits 20") == "1.kkk........11");
  CHECK(inks("time abcd") == "kkkk.????");
}

TEST_CASE("Any text has colours, in order and within it") {
  for (std::string_view text :
       {"\xff\xfe", "\"open", "a\0b", "((((", "]]]]", "5 $ § 7 ¿", "\\", "e^", "²²", "2^\"", "# only"}) {
    for (std::size_t cursor = 0; cursor <= text.size(); ++cursor) {
      std::uint32_t end = 0;
      for (const Stroke& s : highlight(text, cursor, SomeNames(), commands())) {
        CHECK(s.span.begin >= end);
        CHECK(s.span.end <= text.size());
        end = s.span.end;
      }
    }
  }
  CHECK(inks("5 + \"open") == "1.+.\"\"\"\"\"");
}
