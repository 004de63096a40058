# A short run of each fuzzer, with any compiler.
foreach(target trace schedule platform)
  add_executable(mutate_${target} ${PROJECT_SOURCE_DIR}/tests/fuzz/${target}_fuzz.cpp ${PROJECT_SOURCE_DIR}/tests/fuzz/mutate_main.cpp)
  target_link_libraries(mutate_${target} PRIVATE ernsim_tools)
  set(name "fuzz: changed inputs do not break the reader of a ${target}")
  add_test(NAME ${name} COMMAND ${PROJECT_SOURCE_DIR}/tests/fuzz/short $<TARGET_FILE:ernsim> ${CMAKE_CURRENT_BINARY_DIR}/fuzz
    $<TARGET_FILE:mutate_${target}> ${target} 3000)
  set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 120)
endforeach()
