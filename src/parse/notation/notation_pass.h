// The notation pass itself; only notation*.cpp include this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parse/notation/items.h"
#include "parse/notation/lift.h"
#include "parse/notation/notation.h"

namespace nabla::parse {

// One walk over the items with an explicit stack of open brackets. The canonical text grows at its end; a part that is
// complete and long is parsed at once and replaced by a single atom, so that muparser never sees a long text.
class NotationPass {
 public:
  NotationPass(Terms& terms, std::span<const Token> tokens, std::string_view text, const Reading& reading,
               std::vector<base::Note>& notes);
  Term run() { return whole().term; }

 private:
  // A part of the items of another pass, with what is bound there.
  NotationPass(const NotationPass& outer, std::uint32_t first, std::uint32_t last);
  // All items as one finished operand.
  Operand whole();

  // Operators by how tight they bind. An operator of a level ends everything open on tighter levels.
  enum Level : int { kArgument = -1, kOr, kAnd, kComparison, kSum, kProduct, kPower, kPrimary, kAtOnce };

  enum class Bracket : std::uint8_t { top, round, call, vector, comprehension, index, bars, integral, raised_exponent };

  // What is open within one argument, as offsets into the canonical text.
  struct Argument {
    std::size_t begin = 0;
    std::size_t starts[5] = {};            // per level up to kProduct: where its left operand begins
    std::size_t comparison_sign = 0;       // where the sign of the open comparison stands
    int comparisons = 0;                   // signs in the open comparison
    std::uint32_t chain = 0;               // its form, from the second sign on
    std::vector<std::uint32_t> questions;  // items of "?" that wait for their ":"
    bool equation = false;
    bool at = false;
    std::size_t bound = 0;      // length of bound_stack_ before it
    std::uint32_t product = 0;  // item where the product begins
    Head first_comparison = Head::less;
  };

  struct Frame {
    Bracket bracket = Bracket::top;
    std::uint32_t first = 0;  // items: of the whole operand, and its brackets
    std::uint32_t open = 0;
    std::uint32_t inner_close = 0;
    std::uint32_t close = 0;
    std::size_t begin = 0;  // of its form in the canonical text
    std::size_t arguments_begin = 0;
    std::size_t prefixes = 0;  // length of prefixes_ before it
    std::size_t bound = 0;
    std::uint32_t form = 0;
    std::uint32_t count = 1;        // arguments begun
    bool operation = false;         // of a call
    bool equations = false;         // L = R may be an argument
    bool dots = false;              // of a comprehension: ".." has come
    std::uint32_t raised_name = 0;  // of a raised exponent: the item of the function's name
    Argument argument;
    std::vector<Operand> done;  // arguments parsed already
  };

  // A form that stands before its operand and ends where an operator of a looser level follows: √, ∇, not, d/dx.
  struct Prefix {
    Level holds = kPrimary;
    std::size_t begin = 0;
    std::uint32_t form = 0;
    std::size_t starts[5] = {};
    std::size_t bound = 0;
    std::uint32_t body = 0;  // item where the operand begins
  };

  // notation.cpp: the walk
  void operand();
  void number();
  void previous();
  void negation();
  void root();
  void follow();
  [[noreturn]] void missing_operand();
  void sign_run();
  void operate(Level level, char sign);
  void binary(Level level, char sign);
  void logic(Level level, std::string_view sign);
  void comparison(Head head, std::string_view sign);
  void power();
  bool ends_superscript() const;  // the item before this one
  void end_comparison();
  void implicit_product();
  void note_product();
  void note_root(std::string_view sign);
  void note_root_as_quotient();
  void note_degree();
  void note_arrow_of_r();
  void factorial();
  void postfix(Form form);
  void close_prefixes(Level level);
  void close_prefix();
  void question();
  void colon();
  void finish_operand(std::size_t begin, bool indexable);
  void reset_starts(int above);
  void condense(std::size_t begin);
  void condense_if_long(std::size_t begin);
  bool is_long(std::size_t begin) const;
  void parse_from(std::size_t begin, std::vector<Operand>& out);
  void put(Operand operand);
  void put(Term term, std::uint32_t item);
  void atom(Operand operand, bool indexable);
  std::uint32_t add_form(Form form);
  void open_prefix(Level holds, Form form, std::uint32_t body);

  // notation_brackets.cpp: brackets and what ends with an argument
  // The caller goes on with begin_argument().
  void open_bracket(Bracket bracket, std::uint32_t open, Form form);
  bool take_atoms(std::size_t begin, std::vector<Operand>& out);
  void close_bracket();
  void group();
  void list();
  void bars();
  void index();
  void comma();
  void assign();
  void replacement();
  void replaced_name();
  void comprehension();
  void dots();
  void begin_argument();
  void end_body();
  void end_argument();

  // notation_bounds.cpp: signs with bounds
  void integral();
  void big();
  Operand part(std::uint32_t first, std::uint32_t last);
  Operand name_operand(std::uint32_t i, std::string_view text);
  Operand bound_below(std::uint32_t& i, std::string_view example);
  Operand bound_above(std::uint32_t& i, std::string_view example);
  std::uint32_t after_one_thing(std::uint32_t i) const;
  void require_operation(std::string_view name, base::Span place) const;

  // notation_mends.cpp: what to write instead, tried before it is said
  bool reads(std::string_view line) const;
  std::string likely_variable(std::uint32_t first, std::uint32_t last) const;
  std::string about_the_rest(std::string_view line, std::uint32_t first) const;
  std::string called_here(std::string_view line, std::uint32_t open) const;
  std::string ungrouped(bool separated) const;
  bool is_word(std::uint32_t i) const;
  void refuse_word_as_factor() const;
  void refuse_infix_word() const;
  [[noreturn]] void refuse_prose(std::uint32_t word) const;
  [[noreturn]] void function_without_brackets(std::uint32_t name);
  [[noreturn]] void unknown_function(const Item& name);
  void refuse_square_call(std::uint32_t name) const;
  void refuse_sign() const;
  void refuse_percentage() const;
  [[noreturn]] void refuse_number_as_factor() const;
  [[noreturn]] void refuse_comma() const;
  [[noreturn]] void refuse_arrow() const;
  [[noreturn]] void refuse_word() const;

  // notation_names.cpp: names, calls, primes and derivatives
  void name();
  void plain_name(std::uint32_t i, std::uint32_t primes);
  void refuse_open_value(std::uint32_t name) const;
  void begin_call(std::uint32_t name, std::uint32_t open, Form form);
  void raised(std::uint32_t name);
  bool derivative();
  void gradient();
  void partial();
  void prefix_derivative(std::vector<Form::Variable> variables, std::uint32_t first, std::uint32_t body);
  void derivative_call(const Form::Variable& of, const Form::Variable& by, std::uint32_t first, std::uint32_t last);
  long order_at(std::uint32_t& i) const;
  bool is_differential(const Item& it) const;
  std::uint32_t after_power(std::uint32_t caret) const;
  bool operand_after_power(std::uint32_t caret) const;
  std::uint32_t arguments_after_power(std::uint32_t caret) const;
  void bind(std::string_view name);
  void unbind(std::size_t size);
  bool is_bound(std::string_view name) const;
  NameClass classify(std::string_view name) const;
  void bind_variables_of_call(const Frame& frame);
  void bind_variables_of_argument();
  Form call_form(std::uint32_t name, std::string_view text, std::uint32_t last) const;

  static bool is_callable(NameClass c) { return c == NameClass::function || c == NameClass::operation; }
  const Item& item(std::uint32_t i) const { return items_[i < items_.size() ? i : items_.size() - 1]; }
  const Item& here() const { return items_[at_]; }
  std::string_view source(base::Span span) const;
  std::string shown(std::uint32_t first, std::uint32_t last) const;
  Frame& frame() { return frames_.back(); }
  Argument& argument() { return frames_.back().argument; }
  [[noreturn]] void fail(base::Span span, std::string message, std::string hint = {}) const;

  Terms& terms_;
  std::string_view text_;
  const Reading& reading_;
  std::vector<base::Note>& notes_;
  std::vector<Item> items_;
  Lifter lifter_;
  std::string out_;  // canonical text
  std::vector<Frame> frames_;
  std::vector<Prefix> prefixes_;
  std::vector<std::string_view> bound_stack_;
  std::unordered_map<std::string_view, int> bound_;
  std::uint32_t at_ = 0;
  bool due_ = true;         // an operand is due
  bool indexable_ = false;  // "[" after the last operand indexes it
  std::size_t operand_begin_ = 0;
  std::uint32_t operand_item_ = 0;  // where the last operand begins
  bool has_words_ = false;          // at or for occurs
  int nesting_ = 0;                 // of passes over bounds
};

}  // namespace nabla::parse
