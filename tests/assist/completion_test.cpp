#include "assist/completion.h"

#include <algorithm>

#include "assist/paste.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/session.h"
#include "session/text_output.h"
#include "support/typist.h"
#include "terminal/preview.h"

using namespace nabla;
using namespace nabla::session;
using namespace nabla::assist;
using namespace nabla::terminal;

namespace {

std::vector<std::string> offered(std::string_view text, const Session& session = {}) {
  std::vector<std::string> out;
  for (const Candidate& c : complete(text, text.size(), session).candidates) out.push_back(c.text);
  return out;
}

bool offers(std::string_view text, const std::string& candidate) {
  const auto all = offered(text);
  return std::ranges::find(all, candidate) != all.end();
}

}  // namespace

using Texts = std::vector<std::string>;

TEST_CASE("Signs are found by their names") {
  CHECK(offered("2\\alpha") == Texts{"α"});
  CHECK(offered("\\int") == Texts{"∫"});
  CHECK(offered("x\\^2") == Texts{"²"});
  CHECK(offered("\\le") == Texts{"≤"});
  CHECK(offered("\\nosuch").empty());
  CHECK(offered("sqrt") == Texts{"sqrt(", "√"});
}

TEST_CASE("Functions, constants and commands are offered with a line of help") {
  CHECK(offers("2 + airya", "airyai("));
  CHECK(offers("euler", "euler_gamma"));
  CHECK(offers("ass", "assert "));
  CHECK_FALSE(offers("2 + ass", "assert "));
  CHECK(offers("SQR", "sqrt("));
  CHECK(offers("1; ass", "assert "));
  for (const Candidate& c : complete("", 0, Session()).candidates) {
    CAPTURE(c.text);
    CHECK_FALSE(c.help.empty());
    CHECK(c.help.find('\n') == std::string::npos);
  }
}

TEST_CASE("A bracket that is there is not offered again") {
  const Completion c = complete("airya(2)", 5, Session());
  CHECK(c.begin == 0);
  CHECK(c.candidates.front().text == "airyai");
}

TEST_CASE("Commands know their arguments") {
  CHECK(offered("set sty") == Texts{"style "});
  CHECK(offered("set style ") == Texts{"plain", "unicode"});
  CHECK(complete("set digits ", 11, Session()).signature.find("1..1000") != std::string::npos);
  CHECK(offers("help s", "sin"));
  CHECK(offers("help t", "topics"));
  CHECK(offers("help dig", "digits"));
  CHECK(offered("?piecew") == Texts{"piecewise"});
  CHECK(offered("lesson sec") == Texts{"secants"});
  CHECK(offered("lesson st") == Texts{"stop"});
  CHECK(offered("clear ").empty());
  CHECK(offered("quit ").empty());
  CHECK(offered("history ").empty());
  CHECK_FALSE(offers("print ", "text "));
  CHECK(offered("plot sin(x) ").front() == "as ");
  CHECK(offered("plot sin(x) f") ==
        Texts{"field ", "for ", "factorial(", "false", "floor(", "for", "frac(", "fresnelc(", "fresnels(", "from"});
  CHECK_FALSE(offers("plot sin(x) ", "lo "));
  CHECK(offers("plot sin(x) ", "window "));
  CHECK(offers("table x for x = 0..1 st", "step "));
  CHECK(offers("table sin(x) fo", "for "));
  CHECK(offers("table si", "sin("));
}

TEST_CASE("Every word of a command has a line of help") {
  for (const Command* command : commands()) {
    const std::string text = std::string(command->name) + " ";
    for (const Candidate& c : complete(text, text.size(), Session()).candidates) {
      INFO(text << c.text);
      CHECK_FALSE(c.help.empty());
    }
  }
}

TEST_CASE("Choices are offered as calls, words of the language as words") {
  CHECK(offered("piec") == Texts{"piecewise("});
  CHECK(offers("if", "if("));
  CHECK(complete("if(", 3, Session()).signature.starts_with("if(c, a, b)"));
  CHECK(offers("x^2 a", "at"));
}

TEST_CASE("A name that stands for itself is offered without a bracket") {
  Session session;
  nabla::session::RunOptions options;
  nabla::session::TextOutput output;
  nabla::session::Interpreter(session, output, options).run_text("f(x) = x^2", {"", 1});
  CHECK(offered("clear ", session) == Texts{"f"});
  CHECK(offered("show ", session) == Texts{"f"});
  CHECK(offered("2 + f", session).front() == "f(");
}

TEST_CASE("Inside a call its signature is shown") {
  CHECK(complete("atan2(", 6, Session()).signature.starts_with("atan2(y, x)"));
  CHECK(complete("atan2(1, sin(2) + ", 18, Session()).signature.starts_with("atan2(y, x)"));
  CHECK(complete("atan2(1, 2) + ", 14, Session()).signature.empty());
  CHECK(complete("1; (", 4, Session()).signature.empty());
}

TEST_CASE("Words that a call knows are offered in it") {
  CHECK(offers("numdiff(x^2, x, 1, five", "five_point"));
  CHECK(offers("numdiff(sin(x), x, 1, fo", "forward"));
  CHECK_FALSE(offers("sin(fo", "forward"));
}

TEST_CASE("Files are offered where one is due") {
  const nabla::testing::Home home;
  home.write("lessons/one.nabla", "1\n");
  home.write("lessons/two.nabla", "2\n");
  home.write("lessons/.hidden", "");
  const std::string folder = home.path("lessons/");
  CHECK(offered("read " + folder) == Texts{folder + "one.nabla", folder + "two.nabla"});
  CHECK(offered("read \"" + folder + "t") == Texts{folder + "two.nabla\""});
  CHECK(offered("read " + home.path("less")) == Texts{folder});
  CHECK(offered("plot sin(x) as " + folder) == Texts{folder + "one.nabla", folder + "two.nabla"});
  CHECK(offered("read " + home.path("nosuch/")).empty());
  CHECK(offered("lesson " + folder) == Texts{folder + "one.nabla", folder + "two.nabla"});
  home.write("names/with blank.nabla", "");
  home.write("names/other.txt", "");
  const std::string names = home.path("names/");
  CHECK(offered("read " + names + "w") == Texts{"\"" + names + "with blank.nabla\""});
  CHECK(offered("read \"" + names + "with b") == Texts{names + "with blank.nabla\""});
  CHECK(offered("lesson " + names) == Texts{"\"" + names + "with blank.nabla\""});
}

TEST_CASE("What all candidates begin with is whole characters") {
  CHECK(common_beginning({{"sinh(", ""}, {"sin(", ""}}) == "sin");
  CHECK(common_beginning({{"α", ""}, {"β", ""}}).empty());
  CHECK(common_beginning({{"xα", ""}}) == "xα");
  CHECK(common_beginning({}).empty());
}

TEST_CASE("A preview is the answer") {
  const auto preview = [](std::string_view text) { return preview_of(text, Session()); };
  CHECK(preview("1/4 + 1/4") == "0.5");
  CHECK(preview("diff(e^(-y), y) at y = 0") == "-1");
  CHECK(preview("[1, 1 + 1") == "[1, 2]");
  CHECK(preview("2 # two").empty());
  CHECK(preview("1/0").empty());
  CHECK(preview("a = 5").empty());
  CHECK(preview("f(x) = 5").empty());
  CHECK(preview("1; 2").empty());
  CHECK(preview("quit").empty());
  CHECK(preview("set digits 5").empty());
  CHECK(preview("sin(").empty());
}

TEST_CASE("A pasted session loses its prompts and answers, other text stays") {
  const auto bare = [](std::string_view text) { return unprompted(text, "∇> ", "...> "); };
  CHECK(bare("∇> a = 2\n∇> a^2\n4\n") == "a = 2\na^2");
  CHECK(bare("∇> [1,\n...> 2]\n[1, 2]\n") == "[1,\n2]");
  CHECK(bare("  ∇> 1\r\n2\r\n∇>\r\n") == "1\n");
  CHECK(bare("a = 2\na^2\n\n") == "a = 2\na^2");
  CHECK(bare("∇f") == "∇f");
  CHECK(bare("1\x01+\x1b 2") == "1+ 2");
}
