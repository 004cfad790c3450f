# Makes assets.S (the bytes) and assets.cpp (the table of http/assets.h) in OUT from SOURCE/web/dist
# and SOURCE/pages/assets. A file is compressed only again when it has changed.
cmake_minimum_required(VERSION 3.25)

set(TYPE_html "text/html; charset=utf-8")
set(TYPE_css "text/css; charset=utf-8")
set(TYPE_js "text/javascript; charset=utf-8")
set(TYPE_json "application/json")
set(TYPE_webmanifest "application/manifest+json")
set(TYPE_svg "image/svg+xml")
set(TYPE_txt "text/plain; charset=utf-8")
set(TYPE_png "image/png")
set(TYPE_jpg "image/jpeg")
set(TYPE_webp "image/webp")
set(TYPE_ico "image/x-icon")
set(TYPE_woff2 "font/woff2")
set(COMPRESSED_ALREADY png jpg webp woff2)
# Vite's names: eight characters of a digest before the extension.
string(REPEAT "[A-Za-z0-9_-]" 8 DIGEST)

file(MAKE_DIRECTORY ${OUT}/compressed)
set(BYTES "#ifdef __CET__\n#include <cet.h>\n#endif\n    .section .rodata\n")
set(EXTERNS "")
set(ROWS "")
set(COUNT 0)

# Adds `file` to the bytes; `place` becomes the C++ expression for them.
function(embed file place)
    set(symbol asset_${COUNT})
    math(EXPR COUNT "${COUNT} + 1")
    string(APPEND BYTES "    .balign 16\n    .global ${symbol}, ${symbol}_end\n"
        "${symbol}:\n    .incbin \"${file}\"\n${symbol}_end:\n    .byte 0\n")
    string(APPEND EXTERNS "extern const char ${symbol}[], ${symbol}_end[];\n")
    set(${place} "bytes(${symbol}, ${symbol}_end)" PARENT_SCOPE)
    set(COUNT ${COUNT} PARENT_SCOPE)
    set(BYTES "${BYTES}" PARENT_SCOPE)
    set(EXTERNS "${EXTERNS}" PARENT_SCOPE)
endfunction()

# Leaves the compressed file's name in `made`, or "" when it is not a tenth smaller.
function(compress file made tool extension)
    string(MD5 name ${file})
    set(compressed ${OUT}/compressed/${name}.${extension})
    if(NOT EXISTS ${compressed} OR ${file} IS_NEWER_THAN ${compressed})
        execute_process(COMMAND ${tool} ${ARGN} ${file}
            OUTPUT_FILE ${compressed} COMMAND_ERROR_IS_FATAL ANY)
    endif()
    file(SIZE ${file} before)
    file(SIZE ${compressed} after)
    math(EXPR enough "${before} * 9 / 10")
    if(after LESS enough)
        set(${made} ${compressed} PARENT_SCOPE)
    else()
        set(${made} "" PARENT_SCOPE)
    endif()
endfunction()

macro(add_file file path hashed)
    string(REGEX REPLACE "^.*\\." "" extension ${file})
    if(NOT DEFINED TYPE_${extension})
        message(FATAL_ERROR "${file}: cmake/assets.cmake knows no content type for .${extension}")
    endif()
    embed(${file} identity)
    set(gzip "{}")
    set(brotli "{}")
    if(NOT extension IN_LIST COMPRESSED_ALREADY)
        compress(${file} made ${GZIP} gz -9 -n -c)
        if(made)
            embed(${made} gzip)
        endif()
        compress(${file} made ${BROTLI} br -q 11 -c)
        if(made)
            embed(${made} brotli)
        endif()
    endif()
    string(APPEND ROWS "        {\"${path}\", \"${TYPE_${extension}}\",\n         ${identity},\n"
        "         ${gzip},\n         ${brotli}, ${hashed}},\n")
endmacro()

file(GLOB_RECURSE FILES RELATIVE ${SOURCE}/web/dist ${SOURCE}/web/dist/*)
list(FILTER FILES EXCLUDE REGEX "\\.map$")
foreach(FILE IN LISTS FILES)
    set(HASHED false)
    if(FILE MATCHES "^assets/.*-${DIGEST}\\.[a-z0-9]+$")
        set(HASHED true)
    endif()
    add_file(${SOURCE}/web/dist/${FILE} ${FILE} ${HASHED})
endforeach()
file(GLOB_RECURSE FILES RELATIVE ${SOURCE}/pages/assets ${SOURCE}/pages/assets/*)
foreach(FILE IN LISTS FILES)
    add_file(${SOURCE}/pages/assets/${FILE} assets/pages/${FILE} false)
endforeach()

file(WRITE ${OUT}/assets.S "${BYTES}    .section .note.GNU-stack,\"\",%progbits\n")
file(WRITE ${OUT}/assets.cpp "// Made by cmake/assets.cmake.
#include \"http/assets.h\"

extern \"C\" {
${EXTERNS}}

namespace quittance::http {
namespace {

[[maybe_unused]] std::string_view bytes(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::span<const EmbeddedFile> embedded_files() {
    static const std::vector<EmbeddedFile> files{
${ROWS}    };
    return files;
}

}  // namespace quittance::http
")
