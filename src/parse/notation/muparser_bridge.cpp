#include "parse/notation/muparser_bridge.h"

#include <muParserBase.h>
#include <muParserBytecode.h>

#include <algorithm>
#include <cstddef>
#include <memory>

#include "base/error.h"

namespace nabla::parse {

namespace {

// "_" and letters.
std::string form_name(std::uint32_t form) {
  std::string name = "_";
  do {
    name += static_cast<char>('a' + form % 26);
    form /= 26;
  } while (form != 0);
  return name;
}

// Reads an atom.
int read_atom(const char* text, int* at, double* value) {
  std::uint32_t atom = 0;
  int length = 0;
  for (; text[length] >= '0' && text[length] <= '9'; ++length) {
    atom = atom * 10 + static_cast<std::uint32_t>(text[length] - '0');
  }
  if (length == 0) return 0;
  *at += length;
  *value = atom;
  return 1;
}

double minus(double x) { return -x; }
double apply(void*, const double*, int) { return 0; }

// A parser without built-in functions, constants or numbers; pools of names grow on demand.
class Parser : public mu::ParserBase {
 public:
  Parser() {
    InitCharSets();
    InitOprt();
    EnableOptimizer(false);
    AddValIdent(read_atom);
  }

  void provide(std::uint32_t forms) {
    const auto grown = [](std::uint32_t have, std::uint32_t want) {
      return std::min(kMaxNames, std::max({want, 2 * have, 16u}));
    };
    if (forms > forms_)
      for (const auto want = grown(forms_, forms); forms_ < want; ++forms_)
        DefineFunUserData(form_name(forms_), apply, tags_.get() + forms_, false);
  }

  std::uint32_t form_of(const void* tag) const {
    return static_cast<std::uint32_t>(static_cast<const std::byte*>(tag) - tags_.get());
  }

 private:
  void InitCharSets() override {
    DefineNameChars("_abcdefghijklmnopqrstuvwxyz");
    DefineOprtChars("+-*/^<>=!&|?:");
    DefineInfixOprtChars("-");
  }
  void InitFun() override {}
  void InitConst() override {}
  void InitOprt() override { DefineInfixOprt("-", minus, mu::prINFIX, false); }

  // Only the addresses are used; the pages are never touched.
  std::unique_ptr<std::byte[]> tags_{new std::byte[kMaxNames]};
  std::uint32_t forms_ = 0;
};

Step binary(Step::Kind kind) { return {kind, 0, 2}; }

[[noreturn]] void refuse(const std::string& why) {
  throw base::Error(base::Code::syntax, {}, "this cannot be read as an expression (" + why + ")");
}

void lift(const mu::SToken* token, const Parser& parser, std::vector<Step>& steps) {
  for (;; ++token) {
    switch (token->Cmd) {
      case mu::cmVAL: steps.push_back({Step::Kind::atom, static_cast<std::uint32_t>(token->Val.data2), 0}); break;
      case mu::cmFUNC:
        if (token->Fun.cb._pUserData == nullptr) {
          steps.push_back({Step::Kind::negate, 0, 1});
        } else {
          const auto count = token->Fun.argc;  // negative: any number of arguments
          steps.push_back({Step::Kind::form, parser.form_of(token->Fun.cb._pUserData),
                           static_cast<std::uint32_t>(count < 0 ? -count : count)});
        }
        break;
      case mu::cmADD: steps.push_back(binary(Step::Kind::add)); break;
      case mu::cmSUB: steps.push_back(binary(Step::Kind::subtract)); break;
      case mu::cmMUL: steps.push_back(binary(Step::Kind::multiply)); break;
      case mu::cmDIV: steps.push_back(binary(Step::Kind::divide)); break;
      case mu::cmPOW: steps.push_back(binary(Step::Kind::power)); break;
      case mu::cmLT: steps.push_back(binary(Step::Kind::less)); break;
      case mu::cmLE: steps.push_back(binary(Step::Kind::less_equal)); break;
      case mu::cmGT: steps.push_back(binary(Step::Kind::greater)); break;
      case mu::cmGE: steps.push_back(binary(Step::Kind::greater_equal)); break;
      case mu::cmEQ: steps.push_back(binary(Step::Kind::equal)); break;
      case mu::cmNEQ: steps.push_back(binary(Step::Kind::not_equal)); break;
      case mu::cmLAND: steps.push_back(binary(Step::Kind::and_)); break;
      case mu::cmLOR: steps.push_back(binary(Step::Kind::or_)); break;
      case mu::cmIF:
      case mu::cmELSE: break;  // all three operands are on the stack at the end
      case mu::cmENDIF: steps.push_back({Step::Kind::select, 0, 3}); break;
      case mu::cmEND: return;
      default: refuse("an unexpected instruction");  // NOLINT: the enumeration is muparser's, most of it never occurs
    }
  }
}

}  // namespace

std::string form_opening(std::uint32_t form) { return form_name(form) + '('; }

std::size_t run_muparser(const std::string& text, std::uint32_t forms, std::vector<Step>& steps) {
  thread_local Parser parser;
  steps.clear();
  parser.provide(forms);
  try {
    parser.SetExpr(text);
    static_cast<void>(parser.GetUsedVar());  // compiles to bytecode without running it
    lift(parser.GetByteCode().GetBase(), parser, steps);
    return static_cast<std::size_t>(parser.GetNumResults());
  } catch (const mu::ParserError& e) {
    refuse(e.GetMsg());
  }
}

}  // namespace nabla::parse
