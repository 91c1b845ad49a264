// Elaborator (elaborate.h): the meaning of names: variable of an operation, parameter, definition, constant, function
// at its own parameters, symbol.
#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "algebra/rules/rules.h"
#include "calc/elaborate/elaborate_impl.h"
#include "calc/elaborate/operation_list.h"
#include "expr/rewrite.h"
#include "functions/table.h"
#include "parse/names.h"
#include "parse/planned.h"
#include "parse/suggest.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using parse::Head;

struct Letter {
  std::size_t bytes = 0;
  utf8proc_int32_t codepoint = 0;
};

std::vector<Letter> letters_of(std::string_view name) {
  std::vector<Letter> letters;
  for (std::size_t i = 0; i < name.size();) {
    Letter l;
    const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data()) + i,
                                    static_cast<utf8proc_ssize_t>(name.size() - i), &l.codepoint);
    l.bytes = n > 0 ? static_cast<std::size_t>(n) : 1;
    i += l.bytes;
    letters.push_back(l);
  }
  return letters;
}

parse::NameClass classify_built_in(std::string_view name) {
  if (find_operation(name) != nullptr) return parse::NameClass::operation;
  const expr::Function* f = functions::find(name);
  if (f == nullptr) return parse::NameClass::unknown;
  return f->parameters.empty() ? parse::NameClass::value : parse::NameClass::function;
}

}  // namespace

Elaborator::Binding::Binding(Elaborator& in, std::string name, Value value) : in_(in), name_(std::move(name)) {
  if (const auto found = in_.impl_->parameters.find(name_); found != in_.impl_->parameters.end()) {
    hidden_parameter_.swap(found->second);
  }
  in_.impl_->variables[name_].push_back(std::move(value));
  in_.impl_->scope = ++in_.impl_->scopes;
}

Elaborator::Binding::~Binding() {
  if (!hidden_parameter_.empty()) in_.impl_->parameters[name_].swap(hidden_parameter_);
  in_.impl_->variables[name_].pop_back();
  in_.impl_->scope = ++in_.impl_->scopes;
}

std::string Elaborator::variable(Term t, std::string_view operation) {
  if (t.is_name()) return t.text();
  throw Error(Code::argument, t.span(), fmt::format("{} needs the name of a variable here", operation),
              "for example x");
}

std::vector<std::string> Elaborator::variables(Term list, std::string_view operation) {
  if (list.is_name()) return {list.text()};
  if (list.head() != Head::vector || list.size() == 0) {
    throw Error(Code::argument, list.span(), fmt::format("{} needs a list of variables here", operation),
                "for example [x, y]");
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.size(); ++i) {
    names.push_back(variable(list[i], operation));
    if (std::ranges::count(names, names.back()) > 1) {
      throw Error(Code::argument, list[i].span(),
                  fmt::format("the variable {} stands twice in the list", names.back()));
    }
  }
  return names;
}

Value Elaborator::meaning(const std::string& name, Span place) {
  const auto innermost = [&name](const Names& names) -> const Value* {
    if (names.empty()) return nullptr;
    const auto found = names.find(name);
    return found == names.end() || found->second.empty() ? nullptr : &found->second.back();
  };
  if (const Value* v = innermost(impl_->parameters)) return *v;
  if (const Value* v = innermost(impl_->variables)) {
    impl_->looked_up.insert(name);
    return *v;
  }
  if (name == "true" || name == "false") return graph_.boolean(name == "true");
  if (const Definition* d = environment_.find(name)) {
    if (!d->is_function) return imported(d->value);
    std::vector<Value> own;
    for (const std::string& p : d->parameters) own.push_back(meaning(p, place));
    return apply(*d, own, place);
  }
  if (const expr::Function* f = functions::find(name)) {
    if (f->parameters.empty()) return expr::call(graph_, *f, {});
    std::vector<Value> own;
    const algebra::Parameters& p = algebra::parameters_of(*f);
    for (std::size_t i = 0; i < p.required; ++i) own.push_back(meaning(p.names[i], place));
    return apply(*f, own, place);
  }
  return symbol(name, place);
}

Value Elaborator::symbol(const std::string& name, Span place) {
  if (find_operation(name) != nullptr) {
    throw Error(Code::unknown_name, place, fmt::format("{} is an operation and needs its arguments", name),
                fmt::format("see help {}", name));
  }
  if (!parse::looks_like_symbol(name)) explain_long_name(name, place);
  return graph_.symbol(name);
}

void Elaborator::explain_long_name(const std::string& name, Span place) {
  if (const parse::Planned* planned = parse::find_planned(name)) throw parse::not_available(*planned, place);
  if (const std::string apart = parse::run_together(name, classify_built_in); !apart.empty()) {
    throw Error(Code::unknown_name, place, fmt::format("unknown name '{}'", name), fmt::format("write {}", apart));
  }
  const std::vector<Letter> letters = letters_of(name);
  const auto means_something = [this](const std::string& letter) {
    const auto bound = [&letter](const Names& names) {
      const auto found = names.find(letter);
      return found != names.end() && !found->second.empty();
    };
    return bound(impl_->parameters) || bound(impl_->variables) || environment_.find(letter) != nullptr;
  };
  if (letters.size() <= 3) {
    std::string apart;
    bool known = false;
    for (std::size_t i = 0, at = 0; i < letters.size(); at += letters[i++].bytes) {
      const std::string letter = name.substr(at, letters[i].bytes);
      known = known || means_something(letter);
      apart += apart.empty() ? letter : " " + letter;
    }
    if (known) {
      throw Error(Code::unknown_name, place, fmt::format("unknown name '{}'", name), fmt::format("write {}", apart));
    }
  }
  std::vector<std::string> known = environment_.names();
  for (const expr::Function& f : functions::table()) known.emplace_back(f.name);
  const std::string close = parse::closest_name(name, known);
  note(place, close.empty()
                  ? fmt::format("'{}' has no value: it is taken as a symbol", name)
                  : fmt::format("'{}' has no value: it is taken as a symbol; did you mean '{}'?", name, close));
}

// Copies a value of the session's graph into this one, looking up its free names now.
Value Elaborator::imported(const Value& v) {
  const auto key = std::make_pair(&v, impl_->scope);
  if (const auto found = impl_->imported.find(key); found != impl_->imported.end()) return found->second;
  Value result = v;
  for (Expr& e : result.elements) {
    e = expr::copy(graph_, environment_.graph(), e);
    std::vector<expr::Replacement> replacements;
    for (Expr s : expr::symbols(graph_, e)) {
      const std::string name = graph_.name(s);
      if (impl_->variables.contains(name) || environment_.find(name) != nullptr) {
        const Value now = free_meaning(name);
        if (!now.is_scalar()) {
          throw Error(Code::shape, {}, fmt::format("'{}' is a vector now, but a number was meant", name));
        }
        if (now.scalar() != s) replacements.emplace_back(s, now.scalar());
      }
    }
    e = expr::substitute(graph_, e, replacements);
  }
  impl_->imported.emplace(key, result);
  return result;
}

// The meaning of a free name of a value: parameters of the function being called do not capture it.
Value Elaborator::free_meaning(const std::string& name) {
  Names hidden;
  hidden.swap(impl_->parameters);
  try {
    Value v = meaning(name, {});
    hidden.swap(impl_->parameters);
    return v;
  } catch (...) {
    hidden.swap(impl_->parameters);
    throw;
  }
}

Value Elaborator::previous(const Rational& n, Span place) {
  const std::optional<long> index = n.to_long();
  const Value* v = index ? environment_.answer(*index) : nullptr;
  if (v == nullptr) {
    throw Error(Code::unknown_name, place,
                n.is_zero() ? "there is no answer yet" : fmt::format("there is no answer %{}", n.text()));
  }
  return imported(*v);
}

// The meaning of an operation's variable outside of it. A function of that name is not meant.
Value Elaborator::variable_outside(const std::string& name, Span place) {
  const auto is_bound = [&name](const Names& names) {
    const auto found = names.find(name);
    return found != names.end() && !found->second.empty();
  };
  if (is_bound(impl_->parameters) || is_bound(impl_->variables)) return meaning(name, place);
  if (const Definition* d = environment_.find(name)) return d->is_function ? graph_.symbol(name) : meaning(name, place);
  const expr::Function* f = functions::find(name);
  return f != nullptr && !f->parameters.empty() ? Value(graph_.symbol(name)) : meaning(name, place);
}

Value Elaborator::with_meanings(const Value& v, std::span<const Expr> variables, std::span<const std::string> names,
                                Span place) {
  const std::vector<Expr> below = expr::reachable(graph_, v.elements);
  std::vector<expr::Replacement> replacements;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (!std::ranges::binary_search(below, variables[i])) continue;
    const Value outside = variable_outside(names[i], place);
    if (!outside.is_scalar()) {
      throw Error(Code::shape, place, fmt::format("the variable {} is a vector; a number is needed", names[i]));
    }
    replacements.emplace_back(variables[i], outside.scalar());
  }
  Value result = v;
  result.elements = expr::substitute(graph_, v.elements, replacements);
  return result;
}

}  // namespace nabla::calc
