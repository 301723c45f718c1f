# cmake -DROOT=… -DOUT=… -P EmbedMigrations.cmake: writes migrations/{control,tenant}/NNNN_name.{sqlite,pg}.sql
# as C++ text. Refuses a gap in the numbers and a migration that only one engine has.

set(text "// Made by cmake/EmbedMigrations.cmake from migrations/.\n#include \"db/migrations.hpp\"\n\nnamespace chatika::db {\nnamespace {\n")
foreach(schema control tenant)
  foreach(engine sqlite pg)
    file(GLOB files ${ROOT}/migrations/${schema}/*.${engine}.sql)
    list(SORT files COMPARE STRING)
    set(names_${engine} "")
    set(number 0)
    string(APPEND text "constexpr MigrationText k_${schema}_${engine}[] = {\n")
    foreach(file ${files})
      get_filename_component(name ${file} NAME)
      string(REPLACE ".${engine}.sql" "" name ${name})
      math(EXPR number "${number} + 1")
      string(LENGTH "${number}" digits)
      string(SUBSTRING "0000" ${digits} -1 zeros)
      if(NOT name MATCHES "^${zeros}${number}_[a-z0-9_]+$")
        message(FATAL_ERROR "${file}: expected migration ${zeros}${number}_name here, lower case")
      endif()
      list(APPEND names_${engine} ${name})
      file(READ ${file} sql)
      if(sql MATCHES "\\)chatika_sql\"")
        message(FATAL_ERROR "${file}: contains the delimiter of the embedding")
      endif()
      string(APPEND text "  {\"${name}\", R\"chatika_sql(" "${sql}" ")chatika_sql\"},\n")
    endforeach()
    string(APPEND text "};\n")
  endforeach()
  if(NOT names_sqlite STREQUAL names_pg)
    message(FATAL_ERROR "migrations/${schema}: SQLite has [${names_sqlite}], PostgreSQL has [${names_pg}]")
  endif()
endforeach()
string(APPEND text [[
}  // namespace

std::span<const MigrationText> migration_texts(Schema schema, Dialect dialect) {
  if (schema == Schema::control) {
    if (dialect == Dialect::sqlite) return k_control_sqlite;
    return k_control_pg;
  }
  if (dialect == Dialect::sqlite) return k_tenant_sqlite;
  return k_tenant_pg;
}

}  // namespace chatika::db
]])
file(WRITE ${OUT} "${text}")
