#include "session/session.h"

#include <algorithm>

#include "base/running.h"
#include "calc/elaborate/operation_list.h"
#include "expr/rewrite.h"
#include "functions/table.h"

namespace nabla::session {

using calc::Definition;
using expr::Graph;
using expr::Value;
using parse::NameClass;

namespace {

// A name and its blank-separated aliases.
void append_names(std::vector<std::string>& out, std::string_view name, std::string_view aliases) {
  out.emplace_back(name);
  if (aliases == expr::kNone) return;
  while (!aliases.empty()) {
    const std::size_t end = std::min(aliases.find(' '), aliases.size());
    out.emplace_back(aliases.substr(0, end));
    aliases.remove_prefix(std::min(end + 1, aliases.size()));
  }
}

}  // namespace

const Definition* Session::find(std::string_view name) const {
  const auto it = definitions_.find(name);
  return it == definitions_.end() ? nullptr : &it->second.definition;
}

const Value* Session::answer(long n) const {
  const long index = (n == 0 ? answers() : n) - first_answer_;
  if (index < 0 || index >= static_cast<long>(answers_.size())) return nullptr;
  return &answers_[static_cast<std::size_t>(index)];
}

std::vector<std::string> Session::names() const {
  std::vector<std::string> out;
  for (const auto& [name, entry] : definitions_) out.push_back(name);
  return out;
}

NameClass Session::classify(std::string_view name) const {
  if (const Definition* d = find(name)) return d->is_function ? NameClass::function : NameClass::value;
  if (calc::find_operation(name) != nullptr) return NameClass::operation;
  if (const expr::Function* f = functions::find(name)) {
    return f->parameters.empty() ? NameClass::value : NameClass::function;
  }
  return NameClass::unknown;
}

std::vector<std::string> Session::all() const {
  std::vector<std::string> out = names();
  for (const expr::Function& f : functions::table()) append_names(out, f.name, f.aliases);
  for (const expr::Operation* o : calc::operations()) append_names(out, o->name, o->aliases);
  return out;
}

std::string Session::free_letter(std::string_view name) const {
  const Definition* d = find(name);
  if (d == nullptr || d->is_function) return {};
  for (const expr::Expr e : d->value.elements) {
    for (const expr::Expr s : expr::symbols(*graph_, e)) {
      if (find(graph_->name(s)) == nullptr) return std::string(graph_->name(s));
    }
  }
  return {};
}

void Session::define(Definition definition, const Graph& from) {
  if (!definition.is_function) definition.value = kept(definition.value, from);
  std::string name = definition.name;
  Entry& entry = definitions_[name];
  std::optional<Entry> before;
  if (!entry.definition.name.empty()) before = std::move(entry);
  entry = Entry{definitions_made_++, std::move(definition)};
  Change change;
  change.emplace_back(std::move(name), std::move(before));
  remember(std::move(change));
  if (graph_->size() > compact_beyond_) compact();
}

bool Session::clear(std::string_view name) {
  const auto it = definitions_.find(name);
  if (it == definitions_.end()) return false;
  Change change;
  change.emplace_back(it->first, std::move(it->second));
  definitions_.erase(it);
  remember(std::move(change));
  return true;
}

void Session::clear() {
  Change change;
  for (auto& [name, entry] : definitions_) change.emplace_back(name, std::move(entry));
  definitions_.clear();
  if (!change.empty()) remember(std::move(change));
}

void Session::remember(Change change) {
  ++version_;
  changes_.push_back(std::move(change));
  if (changes_.size() > kChangesKept) changes_.pop_front();
}

std::vector<std::string> Session::undo() {
  std::vector<std::string> names;
  if (changes_.empty()) return names;
  ++version_;
  for (auto& [name, before] : changes_.back()) {
    if (before) {
      definitions_.insert_or_assign(name, std::move(*before));
    } else {
      definitions_.erase(name);
    }
    names.push_back(std::move(name));
  }
  changes_.pop_back();
  return names;
}

std::vector<const Definition*> Session::definitions() const {
  std::vector<const Entry*> entries;
  for (const auto& [name, entry] : definitions_) entries.push_back(&entry);
  std::ranges::sort(entries, {}, &Entry::order);
  std::vector<const Definition*> out;
  for (const Entry* e : entries) out.push_back(&e->definition);
  return out;
}

void Session::record(const Value& value, const Graph& from) {
  answers_.push_back(kept(value, from));
  if (answers_.size() > kAnswersKept) {
    answers_.pop_front();
    ++first_answer_;
  }
  if (graph_->size() > compact_beyond_) compact();
}

Value Session::kept(const Value& value, const Graph& from) {
  Value copy = value;
  for (expr::Expr& e : copy.elements) e = expr::copy(*graph_, from, e);
  return copy;
}

// Drops the nodes that no definition and no answer needs any more.
void Session::compact() {
  const base::Unstoppable whole;
  const std::unique_ptr<Graph> old = std::exchange(graph_, std::make_unique<Graph>());
  for (auto& [name, entry] : definitions_) {
    if (!entry.definition.is_function) entry.definition.value = kept(entry.definition.value, *old);
  }
  for (Change& change : changes_) {
    for (auto& [name, before] : change) {
      if (before && !before->definition.is_function) before->definition.value = kept(before->definition.value, *old);
    }
  }
  for (Value& a : answers_) a = kept(a, *old);
  compact_beyond_ = std::max(compact_beyond_, 4 * graph_->size());
}

}  // namespace nabla::session
