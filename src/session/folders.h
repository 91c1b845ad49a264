// The folders of the program's own files, by the XDG rules.
#pragma once

#include <string>

namespace nabla::session {

// "…/nabla" below $XDG_STATE_HOME (by default ~/.local/state) or $XDG_CONFIG_HOME (~/.config); "" if there is no home.
std::string state_folder();
std::string config_folder();

// Makes the folders above a file, for their owner only. False with errno if that fails.
bool make_folders_for(const std::string& path);

}  // namespace nabla::session
