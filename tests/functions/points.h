// Points at which rows of the function table are tested.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "functions/table.h"

namespace nabla::test {

using number::Ball;
using number::Bits;
using number::Rational;
using Point = std::vector<Rational>;

inline std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == separator && depth == 0) {
      parts.emplace_back();
    } else if (c != ' ' || !parts.back().empty()) {
      parts.back() += c;
    }
  }
  return parts;
}

inline Rational rational(std::string_view text) {
  return text.starts_with('-') ? -Rational::parse(text.substr(1)).value() : Rational::parse(text).value();
}

// "0.5" or "(1, 2)"
inline Point point(std::string_view text) {
  if (text.starts_with('(')) text = text.substr(1, text.size() - 2);
  Point p;
  for (const std::string& coordinate : split(text, ',')) p.push_back(rational(coordinate));
  return p;
}

inline std::vector<Point> samples(const expr::Function& f) {
  std::vector<Point> points;
  if (f.samples == expr::kNone) return {Point()};
  for (const std::string& p : split(f.samples, ';')) points.push_back(point(p));
  return points;
}

inline std::vector<Ball> balls(const Point& p, Bits bits) {
  std::vector<Ball> r;
  for (const Rational& q : p) r.emplace_back(q, bits);
  return r;
}

inline Ball evaluate(const expr::Function& f, const Point& p, Bits bits) { return f.forms.ball(balls(p, bits), bits); }

inline double scalar(const expr::Function& f, const Point& p) {
  double x[8] = {};
  for (std::size_t i = 0; i < p.size(); ++i) x[i] = p[i].to_double();
  return f.forms.scalar(x, static_cast<int>(p.size()));
}

}  // namespace nabla::test
