# The commit of the sources as a C++ file, written anew only if it has changed. In a build it is a target of its own:
#   cmake -DSOURCE=FOLDER -DOUTPUT=FILE -P program_commit.cmake
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(commit_cpp ${PROJECT_BINARY_DIR}/report/program_commit.cpp)
  add_custom_target(ernsim_commit BYPRODUCTS ${commit_cpp} COMMENT "Looking for the commit"
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DOUTPUT=${commit_cpp} -P ${CMAKE_CURRENT_LIST_FILE})
  target_sources(ernsim_report PRIVATE ${commit_cpp})
  add_dependencies(ernsim_report ernsim_commit)
  return()
endif()

set(commit "")
if(EXISTS ${SOURCE}/.git)
  execute_process(COMMAND git describe --always --exclude=* --abbrev=12 --dirty WORKING_DIRECTORY ${SOURCE}
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT
  "#include \"report/program_commit.h\"\nconst char* ernsim::program_commit() { return \"${commit}\"; }\n")
