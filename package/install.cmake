# What `cmake --install` and the Debian package bring: the program, and the components as a CMake package and for pkg-config.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The components, by the names that find_package(ernsim COMPONENTS ...) and add_subdirectory know.
foreach(component accelerator:models ddr4:models workloads:compiler traces:traces driver:driver)
  string(REPLACE ":" ";" component ${component})
  list(GET component 0 name)
  list(GET component 1 room)
  add_library(ernsim_component_${name} INTERFACE)
  target_link_libraries(ernsim_component_${name} INTERFACE ernsim_${room})
  set_target_properties(ernsim_component_${name} PROPERTIES EXPORT_NAME ${name})
  add_library(ernsim::${name} ALIAS ernsim_component_${name})
  list(APPEND ernsim_components ernsim_component_${name})
endforeach()
set_target_properties(ernsim_trace PROPERTIES EXPORT_NAME trace)
add_library(ernsim::trace ALIAS ernsim_trace)

set(ernsim_package_rooms config timing tlm driver models workloads compiler traces)
list(TRANSFORM ernsim_package_rooms PREPEND ernsim_ OUTPUT_VARIABLE ernsim_package_targets)
install(TARGETS ernsim_flags ${ernsim_package_targets} ${ernsim_components} ernsim_trace EXPORT ernsim_targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}/ernsim LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(room ${ernsim_package_rooms})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ernsim FILES_MATCHING PATTERN "*.h")
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/package/ernsim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

set(ernsim_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ernsim)
install(EXPORT ernsim_targets NAMESPACE ernsim:: DESTINATION ${ernsim_cmake_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/package/ernsimConfig.cmake.in ${PROJECT_BINARY_DIR}/package/ernsimConfig.cmake
  INSTALL_DESTINATION ${ernsim_cmake_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/ernsimConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/ernsimConfig.cmake ${PROJECT_BINARY_DIR}/package/ernsimConfigVersion.cmake
  DESTINATION ${ernsim_cmake_dir})
configure_file(${PROJECT_SOURCE_DIR}/package/ernsim.pc.in ${PROJECT_BINARY_DIR}/package/ernsim.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/package/ernsim.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(ERNSIM_PROGRAM)
  install(TARGETS ernsim)
  # Man pages and completion, by the program itself; Debian's zsh looks into vendor-completions.
  string(TIMESTAMP ernsim_date "%Y-%m-%d" UTC)
  set(ernsim_share ${PROJECT_BINARY_DIR}/share)
  add_custom_command(OUTPUT ${ernsim_share}/man/man1/ernsim.1 DEPENDS ernsim VERBATIM
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${ernsim_share}/man  # pages of subcommands that are gone
    COMMAND ernsim manual --out ${ernsim_share} --date ${ernsim_date})
  add_custom_target(ernsim_manual ALL DEPENDS ${ernsim_share}/man/man1/ernsim.1)
  install(DIRECTORY ${ernsim_share}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR} OPTIONAL)
  install(DIRECTORY ${ernsim_share}/bash-completion DESTINATION ${CMAKE_INSTALL_DATADIR} OPTIONAL)
  foreach(folder zsh/site-functions zsh/vendor-completions)
    install(FILES ${ernsim_share}/zsh/site-functions/_ernsim DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} OPTIONAL)
  endforeach()
  install(TARGETS ernsim_onnx ernsim_search LIBRARY DESTINATION lib/ernsim)  # where config/loaded_module looks for them
endif()

if(PROJECT_IS_TOP_LEVEL)
  set(CPACK_GENERATOR DEB)
  set(CPACK_PACKAGE_CONTACT "the ernsim authors <ernsim@localhost>")
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_SECTION electronics)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libsystemc-dev, libfmt-dev, libzstd-dev, libxxhash-dev, pkg-config, cmake, python3, python3-numpy, python3-pandas")
  set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-matplotlib, jupyter-notebook")
  set(CPACK_STRIP_FILES ON)
  include(CPack)
endif()
