# chatika_assets(): the static library `assets`, which carries the built web files, the demo sites and the demo's seed in
# the program, so that one file is the whole installation. The face is src/api/assets.hpp.
#
# Files are listed at configure time (CONFIGURE_DEPENDS: ninja looks again), read at build time by EmbedAssets.cmake.

function(chatika_assets)
  set(root ${CMAKE_SOURCE_DIR})
  foreach(part widget pages admin)
    if(NOT EXISTS ${root}/web/${part}/dist)
      message(WARNING "web/${part}/dist is missing: the program will be built without it. Build the web first: npm ci && npm run build in web/.")
    endif()
  endforeach()

  set(entries "")  # URL path | file
  _chatika_add_assets(entries "/" ${root}/web/widget/dist)
  _chatika_add_assets(entries "/privacy/assets/" ${root}/web/pages/dist)
  _chatika_add_assets(entries "/panel/" ${root}/web/admin/dist)
  if(EXISTS ${root}/demo/index.html)
    list(APPEND entries "/demo/index.html|${root}/demo/index.html")
  endif()
  file(GLOB tenants CONFIGURE_DEPENDS LIST_DIRECTORIES true ${root}/demo/*)
  foreach(tenant IN LISTS tenants)
    if(EXISTS ${tenant}/tenant.json)
      get_filename_component(name ${tenant} NAME)
      _chatika_add_assets(entries "/demo/${name}/" ${tenant}/site)
      _chatika_add_assets(entries "/seed/${name}/articles/" ${tenant}/articles)
      list(APPEND entries "/seed/${name}/tenant.json|${tenant}/tenant.json")
    endif()
  endforeach()

  set(files ${entries})
  list(TRANSFORM files REPLACE "^[^|]*\\|" "")
  set(dir ${CMAKE_BINARY_DIR}/assets)
  list(JOIN entries "\n" manifest)
  # Written only when it differs, so that a configure alone rebuilds nothing.
  file(GENERATE OUTPUT ${dir}/manifest.txt CONTENT "${manifest}\n")
  add_custom_command(
    OUTPUT ${dir}/assets_data.cpp
    COMMAND ${CMAKE_COMMAND} -DMANIFEST=${dir}/manifest.txt -DOUT=${dir} -P ${root}/cmake/EmbedAssets.cmake
    DEPENDS ${files} ${dir}/manifest.txt ${root}/cmake/EmbedAssets.cmake
    COMMENT "Packing web files and demo into assets"
    VERBATIM)
  add_library(assets STATIC ${dir}/assets_data.cpp)
  target_link_libraries(assets PRIVATE chatika_options)
  # #embed is C23; clang 19 has it in C++ too and says so in a warning.
  set_source_files_properties(${dir}/assets_data.cpp PROPERTIES COMPILE_OPTIONS -Wno-c23-extensions)
endfunction()

# Adds every file under `dir` as URL prefix + relative path. Source maps stay out: they are for developers and large.
function(_chatika_add_assets out prefix dir)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${dir} ${dir}/*)
  list(FILTER found EXCLUDE REGEX "(\\.map|/\\.[^/]*|^\\.[^/]*)$")
  set(entries ${${out}})
  foreach(file IN LISTS found)
    list(APPEND entries "${prefix}${file}|${dir}/${file}")
  endforeach()
  set(${out} "${entries}" PARENT_SCOPE)
endfunction()
