// Help, made from the rows of functions, operations, commands and settings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/session.h"

namespace nabla::session {

// Texts are folded to `columns` columns.
inline constexpr std::size_t kHelpColumns = 78;

// One screen: what can be typed, and where to read more.
std::string help_tour(std::size_t columns = kHelpColumns);

// The names of the topics: "notation", "functions", "calculus", "commands" and so on.
std::vector<std::string_view> help_topics();

// Help on a topic, command, setting, definition, operation, function or constant; "topics" lists them. Nothing if there
// is no such name.
std::optional<std::string> help_on(const Session& session, std::string_view name, std::size_t columns = kHelpColumns);

// What these words mean here, and the rows in which a word begins so, a line each; "" if there is none.
std::string help_search(const Session& session, std::string_view words, std::size_t columns = kHelpColumns);

}  // namespace nabla::session
