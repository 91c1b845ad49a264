// Reads LaTeX as a mathematician would, for tests of what is written: the value of a formula.
#pragma once

#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nabla::test {

// Throws std::runtime_error for what it cannot read: unknown commands, brackets that do not fit, double superscripts.
class LatexReader {
 public:
  LatexReader(std::string_view text, std::map<std::string, double> symbols)
      : text_(text), symbols_(std::move(symbols)) {}

  double value() {
    const double v = remainder();
    if (peek() != "") fail();
    return v;
  }

 private:
  [[noreturn]] void fail() const {
    throw std::runtime_error("cannot read " + std::string(text_.substr(0, at_)) + " >>> " +
                             std::string(text_.substr(at_)));
  }

  // A command, or a character; empty at the end. Blanks and \, say nothing.
  std::string_view peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_.substr(at_).starts_with("\\,"))) {
      at_ += text_[at_] == ' ' ? 1 : 2;
    }
    if (at_ == text_.size()) return {};
    if (text_[at_] != '\\') return text_.substr(at_, 1);
    std::size_t end = at_ + 1;
    while (end < text_.size() && std::isalpha(static_cast<unsigned char>(text_[end])) != 0) ++end;
    return text_.substr(at_, std::max(end, at_ + 2) - at_);
  }
  std::string_view take() {
    const std::string_view t = peek();
    at_ += t.size();
    return t;
  }
  bool take_if(std::string_view t) {
    if (peek() != t) return false;
    take();
    return true;
  }
  void expect(std::string_view t) {
    if (!take_if(t)) fail();
  }

  double braced() {
    expect("{");
    const double v = remainder();
    expect("}");
    return v;
  }
  std::string braced_word() {
    expect("{");
    std::string word;
    while (peek() != "}") word += take();
    take();
    return word;
  }

  double remainder() {
    const double a = sum();
    if (!take_if("\\bmod")) return a;
    const double n = sum();
    return a - n * std::floor(a / n);
  }

  double sum() {
    double total = take_if("-") ? -product() : product();
    while (peek() == "+" || peek() == "-") total += take() == "+" ? product() : -product();
    return total;
  }

  bool begins_factor() {
    const std::string_view t = peek();
    if (t.empty()) return false;
    if (t[0] == '\\') {
      for (const char* other : {"\\right", "\\bmod", "\\\\", "\\end", "\\leq", "\\geq", "\\neq", "\\cdot", "\\land"}) {
        if (t == other) return false;
      }
      return true;
    }
    return std::isalnum(static_cast<unsigned char>(t[0])) != 0 || t == "{";
  }

  double product() {
    if (!begins_factor()) fail();
    double total = power();
    while (true) {
      if (take_if("\\cdot")) {
        total *= power();
      } else if (take_if("/")) {
        total /= power();
      } else if (begins_factor()) {
        total *= power();
      } else {
        return total;
      }
    }
  }

  double exponent() {
    const double q = braced();
    if (peek() == "^") fail();
    return q;
  }

  double raised(double base, double q) const {
    // Literal odd roots of negative numbers are real.
    for (const int odd : {3, 5, 7}) {
      const double p = q * odd;
      if (base < 0 && std::abs(p - std::round(p)) < 1e-9 && q != std::round(q)) {
        return (std::fmod(std::round(p), 2) == 0 ? 1 : -1) * std::pow(-base, q);
      }
    }
    return std::pow(base, q);
  }

  double power() {
    const double base = atom();
    if (take_if("!")) return std::tgamma(base + 1);
    return take_if("^") ? raised(base, exponent()) : base;
  }

  double atom() {
    const std::string t(take());
    if (std::isdigit(static_cast<unsigned char>(t[0])) != 0) {
      std::string digits = t;
      while (at_ < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '.')) {
        digits += text_[at_++];
      }
      return std::stod(digits);
    }
    if (t == "e") return std::exp(1.0);
    if (t == "\\pi") return std::acos(-1.0);
    if (std::isalpha(static_cast<unsigned char>(t[0])) != 0) {
      if (symbols_.contains(t)) return symbols_.at(t);
      return function(t);
    }
    if (t == "\\left") return bracketed();
    if (t == "\\frac") {
      const double over = braced();
      return over / braced();
    }
    if (t == "\\sqrt") {
      double degree = 2;
      if (take_if("[")) {
        degree = sum();
        expect("]");
      }
      const double x = braced();
      return degree == 2 ? std::sqrt(x) : raised(x, 1 / degree);
    }
    if (t == "\\begin") return cases();
    return function(t == "\\operatorname" ? braced_word() : t.substr(1));
  }

  double bracketed() {
    const std::string open(take());
    const double v = remainder();
    expect("\\right");
    const std::string close(take());
    if (open == "(" && close == ")") return v;
    if (open == "|" && close == "|") return std::abs(v);
    if (open == "\\lfloor" && close == "\\rfloor") return std::floor(v);
    if (open == "\\lceil" && close == "\\rceil") return std::ceil(v);
    fail();
  }

  bool condition() {
    const double a = sum();
    const std::string relation(take());
    const double b = sum();
    if (relation == "<") return a < b;
    if (relation == ">") return a > b;
    if (relation == "\\leq") return a <= b;
    if (relation == "\\geq") return a >= b;
    if (relation == "=") return a == b;
    if (relation == "\\neq") return a != b;
    fail();
  }

  double cases() {
    if (braced_word() != "cases") fail();
    double found = NAN;
    bool decided = false;
    while (true) {
      const double v = remainder();
      expect("&");
      expect("\\text");
      const std::string word = braced_word();
      const bool holds = word == "otherwise" || condition();
      if (holds && !decided) {
        found = v;
        decided = true;
      }
      if (word == "otherwise") break;
      expect("\\\\");
    }
    expect("\\end");
    if (braced_word() != "cases") fail();
    return found;
  }

  double function(const std::string& name) {
    double base = 0;
    double q = 1;
    if (take_if("_")) base = braced();
    if (take_if("^")) q = exponent();
    expect("\\left");
    expect("(");
    std::vector<double> x{remainder()};
    while (take_if(",")) x.push_back(remainder());
    expect("\\right");
    expect(")");
    if (peek() == "^") fail();  // of the argument or of the value?
    return raised(called(name, base, x), q);
  }

  double called(const std::string& name, double base, const std::vector<double>& x) {
    const double u = x[0];
    if (name == "sin") return std::sin(u);
    if (name == "cos") return std::cos(u);
    if (name == "tan") return std::tan(u);
    if (name == "ln") return std::log(u);
    if (name == "log") return std::log(u) / std::log(base);
    if (name == "arctan") return std::atan(u);
    if (name == "sign") return std::isnan(u) ? u : static_cast<double>(u > 0) - static_cast<double>(u < 0);
    if (name == "max") return std::max(u, x.at(1));
    if (name == "min") return std::min(u, x.at(1));
    fail();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::map<std::string, double> symbols_;
};

}  // namespace nabla::test
