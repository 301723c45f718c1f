# What every target shares, and how a room becomes a library with its tests.

add_library(chatika_options INTERFACE)
target_include_directories(chatika_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(chatika_options INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Werror
  # Members have defaults; naming only those that differ is the point of designated initialisers.
  -Wno-missing-designated-field-initializers
  -fno-omit-frame-pointer)
# Boost warns about libstdc++'s own moves; its headers are system headers to us.
target_compile_definitions(chatika_options INTERFACE BOOST_ASIO_NO_DEPRECATED)
target_link_options(chatika_options INTERFACE -fuse-ld=lld)

# Debian's libphonenumber headers are unpacked by scripts/install_deps.sh: their package conflicts with Boost 1.81's.
set(CHATIKA_DEPS_DIR ${CMAKE_SOURCE_DIR}/build/deps CACHE PATH "what scripts/install_deps.sh unpacked")
find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 phonenumber REQUIRED)
add_library(phonenumber INTERFACE)
target_include_directories(phonenumber SYSTEM INTERFACE ${CHATIKA_DEPS_DIR}/usr/include)
target_link_libraries(phonenumber INTERFACE ${PHONENUMBER_LIBRARY} protobuf)

set(CHATIKA_SANITIZE "" CACHE STRING "address | undefined | thread")
if(CHATIKA_SANITIZE)
  target_compile_options(chatika_options INTERFACE -fsanitize=${CHATIKA_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(chatika_options INTERFACE -fsanitize=${CHATIKA_SANITIZE})
endif()

# What tests of several rooms share: a PostgreSQL of their own, a fixture for both databases.
function(chatika_test_support)
  add_library(test_support STATIC EXCLUDE_FROM_ALL
    ${CMAKE_SOURCE_DIR}/tests/support/postgres.cpp ${CMAKE_SOURCE_DIR}/tests/support/both_databases.cpp)
  target_include_directories(test_support PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(test_support PUBLIC db PostgreSQL::PostgreSQL GTest::gtest)
endfunction()

# chatika_room(NAME LINK a b…): src/NAME/*.cpp is library NAME, src/NAME/*_test.cpp is the executable NAME_test.
function(chatika_room name)
  cmake_parse_arguments(ROOM "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  # From the db room upwards tests run on both databases.
  get_property(above_db GLOBAL PROPERTY CHATIKA_ABOVE_DB)
  if(name STREQUAL "db")
    chatika_test_support()
  endif()
  foreach(below ${name} ${ROOM_LINK})
    if(below STREQUAL "db" OR below IN_LIST above_db)
      set_property(GLOBAL APPEND PROPERTY CHATIKA_ABOVE_DB ${name})
      set(is_above_db TRUE)
    endif()
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC chatika_options ${ROOM_LINK})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE chatika_options ${ROOM_LINK})
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR})
    # Only where it is read: the path of one checkout would keep every other test from coming out of the compiler's cache.
    foreach(test ${tests})
      file(STRINGS ${test} reads_sources REGEX CHATIKA_SOURCE_DIR LIMIT_COUNT 1)
      if(reads_sources)
        set_property(SOURCE ${test} APPEND PROPERTY COMPILE_DEFINITIONS CHATIKA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
      endif()
    endforeach()
    target_link_libraries(${name}_test PRIVATE ${name} GTest::gmock GTest::gtest_main)
    if(is_above_db)
      target_link_libraries(${name}_test PRIVATE test_support)
    endif()
    add_test(NAME ${name} COMMAND ${name}_test)
  endif()
endfunction()
