// Topics of help that are not made from rows: statements with their meanings.
#pragma once

#include <span>
#include <string_view>

namespace nabla::session {

struct TopicLine {
  std::string_view statement;
  std::string_view meaning;
};

struct WrittenTopic {
  std::string_view name;
  std::string_view title;
  std::span<const TopicLine> lines;
};

// notation, certainty, plots, formats.
std::span<const WrittenTopic> written_topics();

}  // namespace nabla::session
