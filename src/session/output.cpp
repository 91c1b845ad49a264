#include "session/output.h"

namespace nabla::session {

void Output::answer(const view::Answer& found, const view::Look& look, long) { write(view::render(found, look)); }

std::unique_ptr<view::TableWriter> Output::table(const view::TableLook& look, view::TableHead head) {
  return view::table_writer(look, std::move(head), [this](std::string_view text) { write(text); });
}

std::unique_ptr<Progress> Output::progress(std::size_t, bool) { return std::make_unique<Progress>(); }

std::string Output::coloured(std::string_view statement, const Session&) const { return std::string(statement); }

}  // namespace nabla::session
