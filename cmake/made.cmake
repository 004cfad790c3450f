# What the build makes out of other files, a room each: MADE_FOR_<room> lists the sources.

# --- store: the migrations, embedded
file(GLOB MIGRATIONS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schema/migrations/*.sql)
set(MADE_MIGRATIONS ${CMAKE_BINARY_DIR}/made/migrations.cpp)
add_custom_command(
    OUTPUT ${MADE_MIGRATIONS}
    COMMAND ${CMAKE_COMMAND} -D FOLDER=${CMAKE_SOURCE_DIR}/schema/migrations
            -D OUT=${MADE_MIGRATIONS} -P ${CMAKE_SOURCE_DIR}/cmake/migrations.cmake
    DEPENDS ${MIGRATIONS} ${CMAKE_SOURCE_DIR}/cmake/migrations.cmake
    VERBATIM)
set(MADE_FOR_store ${MADE_MIGRATIONS})
