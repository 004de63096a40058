# The Python package, for Debian's Python, which need not be the first in PATH. In a build's folder python/ it is as it is installed.
set(ERNSIM_PYTHON_DIRECTORY lib/python3/dist-packages CACHE STRING "where the Python package is installed, below the prefix")
find_program(ERNSIM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT ERNSIM_PYTHON)
  find_program(ERNSIM_PYTHON python3)
endif()

set(ernsim_python ${PROJECT_BINARY_DIR}/python/ernsim)
file(MAKE_DIRECTORY ${ernsim_python})
file(GLOB python_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/python/ernsim/*.py ${PROJECT_SOURCE_DIR}/python/ernsim/*.pyi
  ${PROJECT_SOURCE_DIR}/python/ernsim/py.typed)
foreach(file ${python_files})
  get_filename_component(name ${file} NAME)
  file(CREATE_LINK ${file} ${ernsim_python}/${name} SYMBOLIC)
endforeach()
install(FILES ${python_files} DESTINATION ${ERNSIM_PYTHON_DIRECTORY}/ernsim)

# What reads traces. The rest of the package starts the program.
if(ERNSIM_PYTHON)
  set(Python3_EXECUTABLE ${ERNSIM_PYTHON})
  find_package(Python3 QUIET COMPONENTS Interpreter Development.Module)
endif()
set(PYBIND11_NOPYTHON ON)
find_package(pybind11 QUIET)
if(NOT Python3_Development.Module_FOUND OR NOT pybind11_FOUND)
  message(STATUS "no pybind11-dev or python3-dev: the Python package reads no traces")
  return()
endif()
Python3_add_library(ernsim_python_trace MODULE WITH_SOABI python/trace_module.cpp traces/reader.cpp traces/elements.cpp traces/chunk.cpp
  traces/header.cpp traces/run_codec.cpp traces/layer_hash.cpp)
set_target_properties(ernsim_python_trace PROPERTIES OUTPUT_NAME _trace LIBRARY_OUTPUT_DIRECTORY ${ernsim_python}
  CXX_VISIBILITY_PRESET hidden)
target_include_directories(ernsim_python_trace PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(ernsim_python_trace PRIVATE $<BUILD_INTERFACE:ernsim_own_flags> pybind11::headers PkgConfig::Zstd PkgConfig::XxHash
  fmt::fmt)
install(TARGETS ernsim_python_trace LIBRARY DESTINATION ${ERNSIM_PYTHON_DIRECTORY}/ernsim)
