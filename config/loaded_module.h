#pragma once

namespace ernsim {

/// A shared object of this program that is opened when it is first needed, so that nothing else waits for the libraries
/// that it links to.
class LoadedModule {
 public:
  /// `version_function`: its function `const char*()` that says of which ernsim it is. Throws ConfigError if there is
  /// no such file beside the program or where it is installed, or if it is of another ernsim.
  LoadedModule(const char* file, const char* version_function);

  /// Throws ConfigError if it has no function of that name.
  template <class Function>
  Function* function(const char* name) const {
    return reinterpret_cast<Function*>(address_of(name));
  }

 private:
  void* address_of(const char* name) const;

  const char* file_;
  void* handle_;
};

}  // namespace ernsim
