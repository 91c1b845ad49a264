#include "session/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace nabla::session {

using calc::Definition;
using expr::Expr;
using expr::Graph;

namespace {

// The free symbols of a value, by name.
std::set<std::string> symbol_names(const Graph& g, const expr::Value& value) {
  std::set<std::string> names;
  for (const Expr e : value.elements) {
    for (const Expr s : expr::symbols(g, e)) names.insert(g.name(s));
  }
  return names;
}

std::set<std::string> names_in_body(const Definition& d) {
  std::set<std::string> names;
  std::vector<parse::Term> open{d.body};
  while (!open.empty()) {
    const parse::Term t = open.back();
    open.pop_back();
    const bool is_named =
        t.head() == parse::Head::name || t.head() == parse::Head::call || t.head() == parse::Head::prime;
    if (is_named && std::ranges::find(d.parameters, t.text()) == d.parameters.end()) names.insert(t.text());
    for (std::size_t i = 0; i < t.size(); ++i) open.push_back(t[i]);
  }
  return names;
}

// Sorts statements so that each comes after those it needs.
class Ordering {
 public:
  explicit Ordering(const Session& session) : session_(session) {
    for (const Definition* d : session.definitions()) {
      const std::vector<std::string> used = names_used(session, *d);
      if (d->is_function) {
        needs_[d->name].insert(used.begin(), used.end());
      } else {
        // A free name of a value was free when it was defined: its own definition comes later.
        for (const std::string& name : used) needs_[name].insert(d->name);
      }
    }
  }

  std::vector<std::string> run() {
    for (const Definition* d : session_.definitions()) place(*d);
    return std::move(lines_);
  }

 private:
  void place(const Definition& d) {
    if (done_.contains(d.name)) return;
    if (!open_.insert(d.name).second) {
      // Functions that call each other: one is declared before it is defined.
      if (d.is_function && declared_.insert(d.name).second) {
        lines_.push_back(fmt::format("{}({}) = 0  # is defined below", d.name, fmt::join(d.parameters, ", ")));
      }
      return;
    }
    for (const std::string& name : needs_[d.name]) {
      if (name != d.name) place(*session_.find(name));
    }
    open_.erase(d.name);
    done_.insert(d.name);
    lines_.push_back(text_of(session_, d, expr::Style::plain));
  }

  const Session& session_;
  std::map<std::string, std::set<std::string>> needs_;
  std::set<std::string> open_;
  std::set<std::string> done_;
  std::set<std::string> declared_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string text_of(const Session& session, const Definition& d, expr::Style style) {
  return d.is_function ? d.source : d.name + " = " + expr::print(session.graph(), d.value, style);
}

std::string kind_of(const Session& session, const Definition& d) {
  if (d.is_function) return "function";
  const std::set<std::string> symbols = symbol_names(session.graph(), d.value);
  std::string kind = "number";
  if (d.value.is_matrix()) {
    kind = fmt::format("{}×{} matrix", d.value.rows, d.value.columns);
  } else if (d.value.is_vector()) {
    kind = fmt::format("vector of {}", d.value.rows);
  } else if (session.graph().is(d.value.scalar(), expr::kTruth)) {
    kind = symbols.empty() ? "truth value" : "condition";
  } else if (!symbols.empty()) {
    kind = "expression";
  }
  return symbols.empty() ? kind : fmt::format("{} in {}", kind, fmt::join(symbols, ", "));
}

std::vector<std::string> names_used(const Session& session, const Definition& d) {
  std::vector<std::string> used;
  for (const std::string& name : d.is_function ? names_in_body(d) : symbol_names(session.graph(), d.value)) {
    if (session.find(name) != nullptr) used.push_back(name);
  }
  return used;
}

std::vector<std::string> script_of_definitions(const Session& session) { return Ordering(session).run(); }

}  // namespace nabla::session
