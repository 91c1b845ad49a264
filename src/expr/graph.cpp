#include "expr/graph.h"

#include <algorithm>
#include <bit>

#include "base/budget.h"
#include "base/error.h"
#include "base/running.h"
#include "expr/rows.h"

namespace nabla::expr {
namespace {

constexpr std::size_t kFirstTable = 256;
constexpr std::size_t kFirstChunk = 1024;
constexpr base::Bits kLong = 4096;  // of a number that takes its time
constexpr std::size_t kMany = 64;   // arguments, likewise
constexpr base::Bits kCoarse = 16;  // enough to distinguish a finite number from infinity

std::uint32_t mix(std::uint32_t h, std::uint64_t v) {
  std::uint64_t x = (h ^ v) * 0x9E3779B97F4A7C15ull;
  x ^= x >> 29;
  return static_cast<std::uint32_t>(x ^ (x >> 32));
}

std::uint32_t hash_of(const Node& n, std::span<const Expr> args) {
  std::uint32_t h = mix(static_cast<std::uint32_t>(n.kind) * 31 + n.detail, n.payload);
  for (Expr a : args) h = mix(h, a.id + 1);
  return h;
}

// Whether x^q is total for a total x, given the facts about x.
bool power_is_total(const Rational& q, std::uint16_t base) {
  if (base & kPositive) return true;
  if (q.sign() < 0) return false;
  return (base & kNonnegative) != 0 || q.denominator_is_odd();
}

}  // namespace

Graph::Graph(const Rules* rules) : rules_(rules), table_(kFirstTable, 0) {}
Graph::~Graph() = default;

Expr Graph::rational(const Rational& q) {
  if (q.bits() > kLong) base::check_running_closely();
  Node n;
  n.kind = Kind::rational;
  n.hash = mix(7, q.hash());
  for (std::size_t i = n.hash & (table_.size() - 1);; i = (i + 1) & (table_.size() - 1)) {
    if (table_[i] == 0) break;
    const Node& other = nodes_[table_[i] - 1];
    if (other.hash == n.hash && other.kind == Kind::rational && numbers_[other.payload] == q) return {table_[i] - 1};
  }
  n.payload = numbers_.size();
  numbers_.push_back(q);
  return intern(n, {});
}

Expr Graph::boolean(bool b) { return make(Kind::boolean, {}, 0, b ? 1 : 0); }

Expr Graph::symbol(std::string_view name) {
  auto [it, is_new] = name_index_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.emplace_back(name);
  return make(Kind::symbol, {}, it->second);
}

Expr Graph::fresh_symbol() { return symbol("#" + std::to_string(++fresh_)); }

Expr Graph::bound(std::uint16_t height) { return make(Kind::bound, {}, height); }

Expr Graph::parameter(std::uint16_t index) { return make(Kind::parameter, {}, index); }

Expr Graph::make(Kind kind, std::span<const Expr> args, std::uint64_t payload, std::uint8_t detail) {
  Node n;
  n.kind = kind;
  n.detail = detail;
  n.payload = payload;
  n.hash = hash_of(n, args);
  return intern(n, args);
}

Expr Graph::intern(Node n, std::span<const Expr> args) {
  std::size_t i = n.hash & (table_.size() - 1);
  for (; table_[i] != 0; i = (i + 1) & (table_.size() - 1)) {
    const Node& other = nodes_[table_[i] - 1];
    if (other.hash == n.hash && other.kind == n.kind && other.detail == n.detail && other.payload == n.payload &&
        std::ranges::equal(std::span(other.args, other.count), args)) {
      return {table_[i] - 1};
    }
  }
  if (nodes_.size() >= base::Budget::kMaxNodes) {
    throw base::Error(base::Code::limit, {}, "the expression grows too large");
  }
  args.size() > kMany ? base::check_running_closely() : base::check_running();
  n.args = store(args);
  n.count = static_cast<std::uint32_t>(args.size());
  fill_facts(n);
  nodes_.push_back(n);
  table_[i] = static_cast<std::uint32_t>(nodes_.size());
  if (nodes_.size() * 2 > table_.size()) grow();
  return {static_cast<std::uint32_t>(nodes_.size() - 1)};
}

Expr* Graph::store(std::span<const Expr> args) {
  if (args.empty()) return nullptr;
  if (chunks_.empty() || chunk_used_ + args.size() > chunk_size_) {
    chunk_size_ =
        std::max(args.size(), chunks_.empty() ? kFirstChunk : std::min(chunk_size_ * 2, std::size_t{1} << 18));
    chunks_.push_back(std::make_unique_for_overwrite<Expr[]>(chunk_size_));
    chunk_used_ = 0;
  }
  Expr* place = chunks_.back().get() + chunk_used_;
  std::ranges::copy(args, place);
  chunk_used_ += args.size();
  return place;
}

void Graph::grow() {
  table_.assign(table_.size() * 2, 0);
  for (std::size_t id = 0; id < nodes_.size(); ++id) {
    std::size_t i = nodes_[id].hash & (table_.size() - 1);
    while (table_[i] != 0) i = (i + 1) & (table_.size() - 1);
    table_[i] = static_cast<std::uint32_t>(id + 1);
  }
}

void Graph::fill_facts(Node& n) const {
  std::uint16_t any = 0;
  std::uint16_t all = kTotal | kPositive | kNonnegative;
  for (std::uint32_t i = 0; i < n.count; ++i) {
    const Node& a = nodes_[n.args[i].id];
    any = static_cast<std::uint16_t>(any | a.facts);
    all = static_cast<std::uint16_t>(all & a.facts);
    n.binders = std::max(n.binders, a.binders);
    n.top_bound = std::max(n.top_bound, a.top_bound);
  }
  std::uint16_t facts = any & (kHasSymbol | kHasBound | kHasParameter | kHasOperation | kEstimate);
  const auto add = [&facts](int more) { facts = static_cast<std::uint16_t>(facts | more); };
  switch (n.kind) {
    case Kind::rational:
      add(kTotal);
      if (numbers_[n.payload].sign() > 0) add(kPositive);
      if (numbers_[n.payload].sign() >= 0) add(kNonnegative);
      break;
    case Kind::boolean: add(kTotal | kTruth | kNonnegative); break;
    case Kind::symbol: add(kHasSymbol | kTotal); break;
    case Kind::bound:
      add(kHasBound | kTotal);
      n.top_bound = static_cast<std::uint16_t>(n.payload);
      break;
    case Kind::parameter: add(kHasParameter | kTotal); break;
    case Kind::sum: {
      add(all & (kTotal | kNonnegative));
      const bool some_positive = std::any_of(n.args, n.args + n.count, [this](Expr a) { return is(a, kPositive); });
      if ((all & kNonnegative) && some_positive) add(kPositive);
      break;
    }
    case Kind::product: add(all & (kTotal | kPositive | kNonnegative)); break;
    case Kind::power: {
      const std::uint16_t base = nodes_[n.args[0].id].facts;
      const Node& exponent = nodes_[n.args[1].id];
      if (exponent.kind == Kind::rational) {
        const Rational& q = numbers_[exponent.payload];
        if ((base & kTotal) && power_is_total(q, base)) {
          add(kTotal);
          if (base & kPositive) add(kPositive | kNonnegative);
          const std::optional<long> whole = q.to_long();
          if ((base & kNonnegative) || (whole && *whole % 2 == 0)) add(kNonnegative);
        }
      } else if ((base & kPositive) && (exponent.facts & kTotal)) {
        add(kTotal | kPositive | kNonnegative);
      }
      break;
    }
    case Kind::call: {
      const auto& f = *reinterpret_cast<const Function*>(n.payload);
      if (n.count == 0 && f.forms.ball != nullptr) {
        const number::Ball constant = f.forms.ball({}, kCoarse);
        if (constant.is_finite()) add(constant.is_positive() ? kTotal | kPositive | kNonnegative : kTotal);
      } else if ((all & kTotal) && f.domain.contains == nullptr) {
        add(kTotal);
      }
      break;
    }
    case Kind::compare:
    case Kind::logic: add((all & kTotal) | kTruth); break;
    case Kind::select:
      add(all & kTotal);
      if (is(n.args[1], kTruth) && is(n.args[2], kTruth)) add(kTruth);
      break;
    case Kind::operation: {
      add(kHasOperation);
      const auto& op = *reinterpret_cast<const Operation*>(n.payload);
      if (op.estimate) add(kEstimate);
      if (n.detail != 0) {
        ++n.binders;
        if (n.top_bound <= n.binders) n.top_bound = 0;
        if (n.top_bound == 0) facts = static_cast<std::uint16_t>(facts & ~kHasBound);
      }
      break;
    }
    case Kind::apply: add(kHasOperation); break;
    case Kind::component: break;
  }
  n.facts = facts;
}

Recursive& Graph::make_recursive() {
  recursives_.push_back(std::make_unique<Recursive>());
  return *recursives_.back();
}

void Graph::clear() {
  nodes_.clear();
  numbers_.clear();
  names_.clear();
  name_index_.clear();
  recursives_.clear();
  if (chunks_.size() > 1) {
    chunks_.resize(1);
    chunk_size_ = kFirstChunk;
  }
  chunk_used_ = 0;
  if (table_.size() > 16 * kFirstTable) table_.resize(kFirstTable);
  std::ranges::fill(table_, 0u);
  fresh_ = 0;
}

namespace {

// Calls visit(e) for everything below and including the roots, down to the node `lowest`, parents first. The nodes
// still to be visited are the bits of a set.
template <class Visit>
void descend(const Graph& g, std::span<const Expr> roots, Expr lowest, Visit visit) {
  constexpr std::uint32_t kWord = 64;
  std::uint32_t last = 0;
  for (Expr r : roots) last = std::max(last, r.id);
  std::vector<std::uint64_t> words(last / kWord + 1);
  const auto put = [&words](Expr e) { words[e.id / kWord] |= std::uint64_t{1} << e.id % kWord; };
  for (Expr r : roots) put(r);
  for (auto w = static_cast<std::uint32_t>(words.size()); w-- > lowest.id / kWord;) {
    while (words[w] != 0) {
      const auto bit = kWord - 1 - static_cast<std::uint32_t>(std::countl_zero(words[w]));
      words[w] ^= std::uint64_t{1} << bit;
      const Expr e{w * kWord + bit};
      visit(e);
      for (Expr a : g.args(e)) put(a);
    }
  }
}

}  // namespace

std::vector<Expr> reachable(const Graph& g, std::span<const Expr> roots) {
  std::vector<Expr> found;
  descend(g, roots, {}, [&found](Expr e) { found.push_back(e); });
  std::ranges::reverse(found);
  return found;
}

std::vector<Expr> symbols(const Graph& g, Expr e) {
  std::vector<Expr> found;
  if (!g.is(e, kHasSymbol)) return found;
  for (Expr n : reachable(g, std::span(&e, 1))) {
    if (g.kind(n) == Kind::symbol) found.push_back(n);
  }
  std::ranges::sort(found, {}, [&g](Expr s) { return g.name(s); });
  return found;
}

bool depends_on(const Graph& g, Expr e, Expr x) {
  if (x.id > e.id) return false;
  const Kind kind = g.kind(x);
  if (kind == Kind::symbol && !g.is(e, kHasSymbol)) return false;
  if (kind == Kind::bound && g.node(e).top_bound < g.height(x)) return false;
  bool found = false;
  descend(g, std::span(&e, 1), x, [&found, x](Expr n) { found = found || n == x; });
  return found;
}

}  // namespace nabla::expr
