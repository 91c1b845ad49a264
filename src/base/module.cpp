#include "base/module.h"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "base/error.h"

namespace nabla::base {
namespace {

void* load(const char* file) {
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::filesystem::path folder = program.parent_path();
  for (const char* place : {".", "..", "../lib/nabla/modules"}) {
    const std::filesystem::path path = folder / place / file;
    if (!std::filesystem::exists(path, ignored)) continue;
    if (void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) return module;
    throw Error(Code::io, {}, std::string("a part of the program cannot be loaded: ") + dlerror());
  }
  throw Error(Code::io, {}, std::string(file) + " is neither beside the program nor in lib/nabla/modules",
              "install Nabla again");
}

}  // namespace

void* module_function(const char* file, const char* symbol) {
  if (void* function = dlsym(load(file), symbol)) return function;
  throw Error(Code::io, {}, std::string(file) + " is of another version of Nabla", "install Nabla again");
}

}  // namespace nabla::base
