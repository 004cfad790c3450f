# Writes OUT, a C++ file with every migration of FOLDER (0001_the_house.sql …) as a string.
file(GLOB FILES ${FOLDER}/*.sql)
list(SORT FILES)
set(COUNT 0)
set(ROWS "")
foreach(FILE IN LISTS FILES)
    math(EXPR COUNT "${COUNT} + 1")
    get_filename_component(STEM "${FILE}" NAME_WE)
    if(NOT STEM MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
        message(FATAL_ERROR "${FILE}: a migration is called 0001_what_it_does.sql")
    endif()
    set(NAME "${CMAKE_MATCH_2}")
    string(REGEX REPLACE "^0+" "" NUMBER "${CMAKE_MATCH_1}")
    if(NOT NUMBER EQUAL COUNT)
        message(FATAL_ERROR "${FILE}: the number should be ${COUNT}, without gaps")
    endif()
    file(READ "${FILE}" SQL)
    string(APPEND ROWS "    {${NUMBER}, \"${NAME}\", R\"migration(${SQL})migration\"},\n")
endforeach()
file(WRITE "${OUT}" "// Made by the build from schema/migrations.
#include \"store/migrate.h\"

namespace quittance::store {

std::span<const Migration> migrations() {
    static constexpr Migration known[] = {
${ROWS}    };
    return known;
}

}  // namespace quittance::store
")
