# What the build makes: tables and assets out of laws/, pages/, schema/ and web/. Each block makes
# sources for one room (MADE_FOR_ROOM); nothing is read at run time.

# --- base: law and letters as tables (laws/*.yaml, pages/letters/*.yaml)
add_executable(made_tables
    cmake/made_tables.cpp cmake/made_letters.cpp src/base/template_text.cpp
    src/base/email_address.cpp)
target_include_directories(made_tables PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(made_tables PRIVATE house)
target_precompile_headers(made_tables REUSE_FROM precompiled)
file(GLOB LAWS CONFIGURE_DEPENDS laws/*.yaml pages/letters/*.yaml pages/languages.yaml)
add_custom_command(
    OUTPUT ${CMAKE_BINARY_DIR}/made/tables_made.cpp
    COMMAND made_tables ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/made/tables_made.cpp
    DEPENDS made_tables ${LAWS}
    COMMENT "Law and letters become tables"
    VERBATIM)
list(APPEND MADE_FOR_base ${CMAKE_BINARY_DIR}/made/tables_made.cpp)

# --- store: the migrations, embedded
file(GLOB MIGRATIONS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schema/migrations/*.sql)
set(MADE_MIGRATIONS ${CMAKE_BINARY_DIR}/made/migrations.cpp)
add_custom_command(
    OUTPUT ${MADE_MIGRATIONS}
    COMMAND ${CMAKE_COMMAND} -D FOLDER=${CMAKE_SOURCE_DIR}/schema/migrations
            -D OUT=${MADE_MIGRATIONS} -P ${CMAKE_SOURCE_DIR}/cmake/migrations.cmake
    DEPENDS ${MIGRATIONS} ${CMAKE_SOURCE_DIR}/cmake/migrations.cmake
    VERBATIM)
list(APPEND MADE_FOR_store ${MADE_MIGRATIONS})

# --- people: the commonest passwords, embedded as they stand in the file
set(MADE_PASSWORDS ${CMAKE_BINARY_DIR}/made/common_passwords.S)
set(COMMON_PASSWORDS ${CMAKE_SOURCE_DIR}/src/people/common_passwords.txt)
file(CONFIGURE OUTPUT ${MADE_PASSWORDS} CONTENT [[
    .section .rodata
    .global quittance_common_passwords
    .global quittance_common_passwords_end
quittance_common_passwords:
    .incbin "@COMMON_PASSWORDS@"
quittance_common_passwords_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
]] @ONLY)
set_source_files_properties(${MADE_PASSWORDS} PROPERTIES OBJECT_DEPENDS ${COMMON_PASSWORDS})
list(APPEND MADE_FOR_people ${MADE_PASSWORDS})

# --- api: the contract and its page
add_executable(made_docs cmake/made_docs.cpp)
target_link_libraries(made_docs PRIVATE house)
set(CONTRACT ${CMAKE_SOURCE_DIR}/contract/openapi.yaml)
add_custom_command(
    OUTPUT ${CMAKE_BINARY_DIR}/made/contract.cpp
    COMMAND made_docs ${CONTRACT} ${CMAKE_BINARY_DIR}/made/contract.cpp
    DEPENDS made_docs ${CONTRACT}
    COMMENT "The contract becomes a page"
    VERBATIM)
list(APPEND MADE_FOR_api ${CMAKE_BINARY_DIR}/made/contract.cpp)

# --- site: the requester's pages with their words (pages/site/*.html, pages/texts/*.yaml)
add_executable(made_pages
    cmake/made_pages.cpp src/base/template_text.cpp src/base/email_address.cpp)
target_include_directories(made_pages PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(made_pages PRIVATE house)
target_precompile_headers(made_pages REUSE_FROM precompiled)
file(GLOB PAGES CONFIGURE_DEPENDS
    pages/site/*.html pages/texts/*.yaml pages/languages.yaml src/site/*.cpp)
add_custom_command(
    OUTPUT ${CMAKE_BINARY_DIR}/made/pages_made.cpp
    COMMAND made_pages ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/made/pages_made.cpp
    DEPENDS made_pages ${PAGES}
    COMMENT "Pages and their words become tables"
    VERBATIM)
list(APPEND MADE_FOR_site ${CMAKE_BINARY_DIR}/made/pages_made.cpp)

# --- http: static files (web/dist when it has been built, pages/assets), compressed and embedded
find_program(BROTLI brotli REQUIRED)
find_program(GZIP gzip REQUIRED)
file(GLOB_RECURSE ASSETS CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/web/dist/* ${CMAKE_SOURCE_DIR}/pages/assets/*)
# Ninja sees a changed command, but not that a file is no longer among its inputs.
string(SHA256 ASSETS_DIGEST "${ASSETS}")
set(MADE_ASSETS ${CMAKE_BINARY_DIR}/made/assets)
add_custom_command(
    OUTPUT ${MADE_ASSETS}/assets.S ${MADE_ASSETS}/assets.cpp
    COMMAND ${CMAKE_COMMAND} -D SOURCE=${CMAKE_SOURCE_DIR} -D OUT=${MADE_ASSETS}
            -D BROTLI=${BROTLI} -D GZIP=${GZIP} -D LIST=${ASSETS_DIGEST}
            -P ${CMAKE_SOURCE_DIR}/cmake/assets.cmake
    DEPENDS ${ASSETS} ${CMAKE_SOURCE_DIR}/cmake/assets.cmake
    COMMENT "Static files are compressed and embedded"
    VERBATIM)
list(APPEND MADE_FOR_http ${MADE_ASSETS}/assets.S ${MADE_ASSETS}/assets.cpp)
