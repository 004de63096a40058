# The report page: bundled by node into one C++ source file, if npm is there.
#
# Packages go to the build directory; npm is asked only when the lock file has changed.

option(ERNSIM_REPORT_PAGE "build the page of ernsim report; needs npm" ON)

set(report_source ${PROJECT_SOURCE_DIR}/report/page)
set(report_build ${PROJECT_BINARY_DIR}/report)
set(report_page_cpp ${report_build}/report_page.cpp)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${report_source}/package-lock.json)

function(ernsim_install_report_packages result)
  file(SHA256 ${report_source}/package-lock.json wanted)
  set(installed "")
  if(EXISTS ${report_build}/installed)
    file(READ ${report_build}/installed installed)
  endif()
  if(NOT installed STREQUAL wanted)
    file(COPY ${report_source}/package.json ${report_source}/package-lock.json DESTINATION ${report_build})
    execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
      WORKING_DIRECTORY ${report_build} RESULT_VARIABLE failed OUTPUT_QUIET)
    if(failed)
      message(WARNING "npm ci failed in ${report_build}")
      return()
    endif()
    file(WRITE ${report_build}/installed ${wanted})
  endif()
  set(${result} TRUE PARENT_SCOPE)
endfunction()

set(ERNSIM_HAS_REPORT_PAGE FALSE)
if(ERNSIM_REPORT_PAGE)
  find_program(NPM npm)
  find_program(NODE NAMES node nodejs)
  if(NPM AND NODE)
    ernsim_install_report_packages(ERNSIM_HAS_REPORT_PAGE)
  endif()
endif()

if(ERNSIM_HAS_REPORT_PAGE)
  file(GLOB_RECURSE report_sources CONFIGURE_DEPENDS
    ${report_source}/*.js ${report_source}/*.mjs ${report_source}/*.css ${report_source}/*.html)
  add_custom_command(OUTPUT ${report_page_cpp}
    COMMAND ${NODE} ${report_source}/build.mjs ${report_build}/node_modules ${report_page_cpp}
    DEPENDS ${report_sources} ${report_build}/installed
    COMMENT "Bundling the report page")
else()
  message(STATUS "No npm, or it failed: ernsim report will have no page")
  set(report_page_cpp ${report_build}/no_report_page.cpp)
  file(CONFIGURE OUTPUT ${report_page_cpp} CONTENT
    "#include \"report/report_page.h\"\nstd::string_view ernsim::report_page() { return {}; }\n")
endif()
target_sources(ernsim_report PRIVATE ${report_page_cpp})
