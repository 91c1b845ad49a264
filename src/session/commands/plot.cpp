// plot …: the picture as text, or as a file.
#include "session/interpreter.h"
#include "session/new_file.h"
#include "session/plot_reader.h"
#include "session/style.h"
#include "view/plots/picture.h"
#include "view/plots/text_plot.h"

namespace nabla::session {

namespace {

void write_file(Invocation& call, const PlotRequest& request) {
  const Settings& settings = call.session.settings;
  const view::PictureSize size{settings.size, settings.dpi};
  const view::Scene scene = view::build(request.plot, view::picture_resolution(size));
  NewFile out(request.file->path, request.file->span);
  view::draw_picture(scene, extension_of(request.file->path), size, [&](std::string_view bytes) { out.write(bytes); });
  out.complete();
}

void run(Invocation& call) {
  Workspace& work = call.interpreter.new_workspace();
  const PlotRequest request = read_plot(call, work);
  call.interpreter.tell_notes(work);
  if (request.file) return write_file(call, request);
  const Settings& settings = call.session.settings;
  view::TextStyle style = text_style(settings, call.interpreter.output().screen());
  if (settings.look.format != view::Format::text) style.unicode = style.color = false;
  view::Answer answer;
  answer.kind = view::AnswerKind::plot;
  answer.content = view::text_plot(view::build(request.plot, view::text_resolution(style)), style);
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command plot_command{
    .name = "plot",
    .signature = "plot E1, E2, … [for RANGE] [window y = lo..hi] [logx] [logy] [mark roots, extrema] [as FILE]",
    .help =
        "Curves y = f(x), [x(t), y(t)], polar E; equations and inequalities of two variables; contours of an "
        "expression of two variables, heat E, field y' = E, field [P, Q], points [u, v]. Files: .svg, .png, .pdf.",
    .example = "plot sin(x), cos(x) for x = -pi..pi",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::session
