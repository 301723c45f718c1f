# cmake -DROOT=… -DOUT=… -P EmbedCalendars.cmake: writes src/privacy/calendar_data/REGION-YEAR.json as C++ text.
# A corrected year is another file, REGION-YEAR.2.json: revisions are added, never edited.

set(text "// Made by cmake/EmbedCalendars.cmake from src/privacy/calendar_data/.\n#include \"privacy/calendar_format.hpp\"\n\nnamespace chatika::privacy {\nnamespace {\n\nconstexpr CalendarText kTexts[] = {\n")
file(GLOB files ${ROOT}/src/privacy/calendar_data/*.json)
list(SORT files COMPARE NATURAL)
foreach(file ${files})
  get_filename_component(name ${file} NAME)
  if(NOT name MATCHES "^([a-z][a-z](-[a-z0-9]+)?)-[0-9][0-9][0-9][0-9](\\.[0-9]+)?\\.json$")
    message(FATAL_ERROR "${file}: expected REGION-YEAR.json or REGION-YEAR.REVISION.json")
  endif()
  set(region ${CMAKE_MATCH_1})
  file(READ ${file} json)
  if(json MATCHES "\\)calendar\"")
    message(FATAL_ERROR "${file}: contains the delimiter of the embedding")
  endif()
  string(APPEND text "  {\"${region}\", R\"calendar(" "${json}" ")calendar\"},\n")
endforeach()
string(APPEND text [[
};

}  // namespace

std::span<const CalendarText> shipped_calendar_texts() {
  return kTexts;
}

}  // namespace chatika::privacy
]])
file(WRITE ${OUT} "${text}")
