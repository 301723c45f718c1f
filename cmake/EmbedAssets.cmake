# Run at build time (cmake -DMANIFEST=… -DOUT=… -P): writes OUT/assets_data.cpp and the gzip files it embeds.
# The hash of every file stands in the generated text, so a changed file always changes the source: ccache does not look
# at what #embed names.
cmake_minimum_required(VERSION 3.25)

# One variable per extension, because "; charset" would split a list.
set(type_html "text/html; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_txt "text/plain; charset=utf-8")
set(type_md "text/markdown; charset=utf-8")
set(type_json application/json)
set(type_webmanifest application/manifest+json)
set(type_svg image/svg+xml)
set(type_png image/png)
set(type_jpg image/jpeg)
set(type_webp image/webp)
set(type_ico image/x-icon)
set(type_woff2 font/woff2)
set(type_mp3 audio/mpeg)
set(type_ogg audio/ogg)
set(type_wav audio/wav)
set(packed_already png jpg webp woff2 mp3 ogg)

function(content_type_of file out)
  string(REGEX REPLACE "^.*\\." "" extension "${file}")
  if(NOT DEFINED type_${extension})
    message(FATAL_ERROR "no content type is known for ${file}: add one to cmake/EmbedAssets.cmake")
  endif()
  set(${out} "${type_${extension}}" PARENT_SCOPE)
endfunction()

# Packs `file` into OUT/<hash>.gz unless that is there; `out` is its path, or "" when packing does not pay.
function(gzip_of file hash out)
  string(REGEX REPLACE "^.*\\." "" extension "${file}")
  set(${out} "" PARENT_SCOPE)
  if(extension IN_LIST packed_already)
    return()
  endif()
  set(packed ${OUT}/${hash}.gz)
  if(NOT EXISTS ${packed})
    execute_process(COMMAND gzip -9 -n -c ${file} OUTPUT_FILE ${packed}.new COMMAND_ERROR_IS_FATAL ANY)
    file(RENAME ${packed}.new ${packed})
  endif()
  file(SIZE ${file} plain_size)
  file(SIZE ${packed} packed_size)
  if(packed_size LESS plain_size)
    set(${out} ${packed} PARENT_SCOPE)
  endif()
endfunction()

file(STRINGS ${MANIFEST} entries ENCODING UTF-8)
list(SORT entries)
set(bytes "")
set(rows "")
set(count 0)
foreach(entry IN LISTS entries)
  if(NOT entry MATCHES "^(/[^|]*)\\|(.+)$")
    continue()
  endif()
  set(path "${CMAKE_MATCH_1}")
  set(file "${CMAKE_MATCH_2}")
  file(SIZE ${file} size)
  if(size EQUAL 0)
    message(FATAL_ERROR "${file} is empty")
  endif()
  file(SHA256 ${file} hash)
  string(SUBSTRING ${hash} 0 32 tag)
  content_type_of("${file}" type)
  gzip_of(${file} ${hash} packed)
  string(APPEND bytes "// ${hash}\nconst unsigned char plain_${count}[] = {\n#embed \"${file}\"\n};\n")
  set(packed_view "{}")
  if(packed)
    string(APPEND bytes "const unsigned char gzip_${count}[] = {\n#embed \"${packed}\"\n};\n")
    set(packed_view "view(gzip_${count})")
  endif()
  string(APPEND rows "    {\"${path}\", \"${type}\", \"\\\"${tag}\\\"\", view(plain_${count}), ${packed_view}, \"\\\"${tag}-gz\\\"\"},\n")
  math(EXPR count "${count} + 1")
endforeach()

set(table "std::span<const Asset> all_assets() { return {}; }")
if(count GREATER 0)
  set(table "std::span<const Asset> all_assets() {\n  static const Asset table[] = {\n${rows}  };\n  return table;\n}")
endif()
file(WRITE ${OUT}/assets_data.cpp "// Written by cmake/EmbedAssets.cmake.
#include <cstddef>

#include \"api/assets.hpp\"

namespace chatika::api {
namespace {

template <std::size_t N>
[[maybe_unused]] std::string_view view(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char*>(bytes), N};
}

${bytes}
}  // namespace

${table}

}  // namespace chatika::api
")
