#include "parse/latex.h"

#include <algorithm>
#include <array>
#include <utility>

#include "parse/notation/items.h"

namespace nabla::parse {

namespace {

constexpr auto kName = TokenKind::name;
constexpr auto kSign = TokenKind::sign;

constexpr auto kCommands = std::to_array<LatexCommand>({
    {"Big", kSign, ""},
    {"Delta", kName, "Δ"},
    {"Gamma", kName, "Γ"},
    {"Lambda", kName, "Λ"},
    {"Leftrightarrow", kSign, "=="},
    {"Omega", kName, "Ω"},
    {"Phi", kName, "Φ"},
    {"Pi", kName, "Π"},
    {"Psi", kName, "Ψ"},
    {"Sigma", kName, "Σ"},
    {"Theta", kName, "Θ"},
    {"alpha", kName, "α"},
    {"approx", kSign, "≈"},
    {"arccos", kName, "acos"},
    {"arcsin", kName, "asin"},
    {"arctan", kName, "atan"},
    {"arctg", kName, "atan"},
    {"ast", kSign, "*"},
    {"beta", kName, "β"},
    {"big", kSign, ""},
    {"bigl", kSign, ""},
    {"bigr", kSign, ""},
    {"cdot", kSign, "*"},
    {"chi", kName, "χ"},
    {"circ", kSign, "°"},
    {"cos", kName, "cos"},
    {"cosh", kName, "cosh"},
    {"cot", kName, "cot"},
    {"coth", kName, "coth"},
    {"csc", kName, "csc"},
    {"ctg", kName, "cot"},
    {"degree", kSign, "°"},
    {"delta", kName, "δ"},
    {"det", kName, "det"},
    {"dfrac", kSign, "\\frac"},
    {"displaystyle", kSign, ""},
    {"div", kSign, "/"},
    {"ell", kName, "l"},
    {"epsilon", kName, "ε"},
    {"eta", kName, "η"},
    {"exp", kName, "exp"},
    {"frac", kSign, "\\frac"},
    {"gamma", kName, "γ"},
    {"gcd", kName, "gcd"},
    {"ge", kSign, ">="},
    {"geq", kSign, ">="},
    {"gt", kSign, ">"},
    {"infty", kName, "inf"},
    {"int", kSign, "∫"},
    {"iota", kName, "ι"},
    {"kappa", kName, "κ"},
    {"lVert", kSign, "|"},
    {"lambda", kName, "λ"},
    {"land", kName, "and"},
    {"lceil", kSign, "⌈"},
    {"le", kSign, "<="},
    {"left", kSign, ""},
    {"leq", kSign, "<="},
    {"lfloor", kSign, "⌊"},
    {"lg", kName, "log10"},
    {"lim", kName, "lim"},
    {"limits", kSign, ""},
    {"ln", kName, "ln"},
    {"lnot", kName, "not"},
    {"log", kName, "log"},
    {"lor", kName, "or"},
    {"lt", kSign, "<"},
    {"lvert", kSign, "|"},
    {"max", kName, "max"},
    {"mid", kSign, "|"},
    {"min", kName, "min"},
    {"mu", kName, "μ"},
    {"nabla", kSign, "∇"},
    {"ne", kSign, "!="},
    {"neg", kName, "not"},
    {"neq", kSign, "!="},
    {"nu", kName, "ν"},
    {"omega", kName, "ω"},
    {"partial", kSign, "∂"},
    {"phi", kName, "φ"},
    {"pi", kName, "pi"},
    {"prime", kSign, "'"},
    {"prod", kName, "prod"},
    {"psi", kName, "ψ"},
    {"qquad", kSign, ""},
    {"quad", kSign, ""},
    {"rVert", kSign, "|"},
    {"rceil", kSign, "⌉"},
    {"rfloor", kSign, "⌋"},
    {"rho", kName, "ρ"},
    {"right", kSign, ""},
    {"rightarrow", kSign, "→"},
    {"rvert", kSign, "|"},
    {"sec", kName, "sec"},
    {"sigma", kName, "σ"},
    {"sin", kName, "sin"},
    {"sinh", kName, "sinh"},
    {"sqrt", kSign, "√"},
    {"star", kSign, "*"},
    {"sum", kName, "sum"},
    {"tan", kName, "tan"},
    {"tanh", kName, "tanh"},
    {"tau", kName, "tau"},
    {"tfrac", kSign, "\\frac"},
    {"tg", kName, "tan"},
    {"theta", kName, "θ"},
    {"times", kSign, "*"},
    {"to", kSign, "→"},
    {"varepsilon", kName, "ε"},
    {"varphi", kName, "φ"},
    {"vert", kSign, "|"},
    {"wedge", kName, "and"},
    {"xi", kName, "ξ"},
    {"zeta", kName, "ζ"},
});

bool is_sign(const Token& token, std::string_view sign) { return token.kind == TokenKind::sign && token.text == sign; }

// Whether a product may stand between the name and a fraction behind it: it is no function of LaTeX and no word.
bool is_factor(const Token& name) {
  if (name.kind != TokenKind::name || is_reserved(name.text)) return name.text == "pi" || name.text == "inf";
  return find_latex(name.text) == nullptr || name.text == "tau";
}

class Fractions {
 public:
  explicit Fractions(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  std::vector<Token> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto& t = tokens_[i];
      if (is_sign(t, "\\frac")) {
        begin(i);
        continue;
      }
      if (is_sign(t, "^") && raises_postfix(i)) continue;
      const bool bare = !open_.empty() && open_.back().bare;
      if (is_sign(t, ")")) --depth_;
      const bool in_argument = !open_.empty() && depth_ == open_.back().depth;  // at its first or behind its last token
      if (!(bare && in_argument && (is_sign(t, "(") || is_sign(t, ")")))) out_.push_back(t);
      if (is_sign(t, "(")) {
        ++depth_;
      } else if (in_argument) {
        end_argument(t.span);
      }
    }
    return std::move(out_);
  }

 private:
  struct Fraction {
    long depth = 0;
    bool bare = false;  // of differentials: no brackets
    bool above = true;
  };

  void put(std::string_view sign, base::Span span, bool blank_before = false) {
    out_.push_back({TokenKind::sign, span, std::string(sign), blank_before});
  }

  void begin(std::size_t i) {
    const base::Span before{tokens_[i].span.begin, tokens_[i].span.begin};
    if (!out_.empty() && is_factor(out_.back())) put("*", before);
    const Fraction f{depth_, is_derivative(i), true};
    if (!f.bare) put("(", tokens_[i].span, tokens_[i].blank_before);
    open_.push_back(f);
  }

  // \frac{d…}{d…}, \frac{∂…}{∂…}
  bool is_derivative(std::size_t i) const {
    constexpr std::size_t kLongest = 8;  // of a numerator that begins so
    if (!is_sign(tokens_[i + 1], "(") || !is_differential(tokens_[i + 2])) return false;
    for (auto k = i + 2; k + 2 < std::min(i + kLongest, tokens_.size()); ++k)
      if (is_sign(tokens_[k], ")")) return is_sign(tokens_[k + 1], "(") && is_differential(tokens_[k + 2]);
    return false;
  }

  static bool is_differential(const Token& token) {
    return is_sign(token, "∂") || (token.kind == TokenKind::name && token.text.starts_with('d'));
  }

  // 30^\circ, 30^{\circ}, f^\prime: the ^ at i says nothing, nor do the braces.
  bool raises_postfix(std::size_t i) {
    const auto is_postfix = [this](std::size_t k) { return is_sign(tokens_[k], "°") || is_sign(tokens_[k], "'"); };
    if (is_postfix(i + 1)) return true;
    if (i + 3 >= tokens_.size() || !is_sign(tokens_[i + 1], "(") || !is_postfix(i + 2) || !is_sign(tokens_[i + 3], ")"))
      return false;
    std::swap(tokens_[i + 2], tokens_[i + 3]);
    tokens_.erase(tokens_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                  tokens_.begin() + static_cast<std::ptrdiff_t>(i) + 3);
    return true;
  }

  // One argument of the innermost fraction is complete.
  void end_argument(base::Span span) {
    const base::Span after{span.end, span.end};
    while (!open_.empty() && open_.back().depth == depth_) {
      if (open_.back().above) {
        open_.back().above = false;
        return put("/", after);
      }
      if (!open_.back().bare) put(")", after);
      open_.pop_back();
    }
  }

  std::vector<Token> tokens_;
  std::vector<Token> out_;
  std::vector<Fraction> open_;
  long depth_ = 0;
};

}  // namespace

std::span<const LatexCommand> latex_commands() { return kCommands; }

const LatexCommand* find_latex(std::string_view name) {
  const auto* const at = std::ranges::lower_bound(kCommands, name, {}, &LatexCommand::name);
  return at != kCommands.end() && at->name == name ? at : nullptr;
}

std::vector<Token> without_fractions(std::vector<Token> tokens) { return Fractions(std::move(tokens)).run(); }

}  // namespace nabla::parse
