# The shipped production calendars become part of the privacy room: a fresh installation counts business days rightly.

file(GLOB CHATIKA_CALENDARS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/privacy/calendar_data/*.json)
set(CHATIKA_CALENDARS_CPP ${CMAKE_BINARY_DIR}/generated/privacy/calendar_texts.cpp)
add_custom_command(
  OUTPUT ${CHATIKA_CALENDARS_CPP}
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${CHATIKA_CALENDARS_CPP} -P ${CMAKE_SOURCE_DIR}/cmake/EmbedCalendars.cmake
  DEPENDS ${CHATIKA_CALENDARS} ${CMAKE_SOURCE_DIR}/cmake/EmbedCalendars.cmake
  COMMENT "Embedding production calendars"
  VERBATIM)
target_sources(privacy PRIVATE ${CHATIKA_CALENDARS_CPP})
