# The migrations' text becomes part of the db room: the program carries its schema and needs no files.

file(GLOB CHATIKA_MIGRATIONS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/control/*.sql ${CMAKE_SOURCE_DIR}/migrations/tenant/*.sql)
set(CHATIKA_MIGRATIONS_CPP ${CMAKE_BINARY_DIR}/generated/db/migration_texts.cpp)
add_custom_command(
  OUTPUT ${CHATIKA_MIGRATIONS_CPP}
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${CHATIKA_MIGRATIONS_CPP} -P ${CMAKE_SOURCE_DIR}/cmake/EmbedMigrations.cmake
  DEPENDS ${CHATIKA_MIGRATIONS} ${CMAKE_SOURCE_DIR}/cmake/EmbedMigrations.cmake
  COMMENT "Embedding migrations"
  VERBATIM)
target_sources(db PRIVATE ${CHATIKA_MIGRATIONS_CPP})
