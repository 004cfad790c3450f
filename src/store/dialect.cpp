#include "store/dialect.h"

namespace quittance::store {

namespace {

enum class Kind { word, quoted, name, comment, space, sign };

struct Piece {
    Kind kind;
    std::string_view text;
};
using Pieces = std::vector<Piece>;

bool starts_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool in_word(char c) { return starts_word(c) || (c >= '0' && c <= '9'); }

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// A doubled quote inside is two quoted pieces side by side, which comes to the same.
std::size_t end_of_quoted(std::string_view sql, std::size_t begin) {
    const auto end = sql.find(sql[begin], begin + 1);
    return end == sql.npos ? sql.size() : end + 1;
}

std::size_t end_of_comment(std::string_view sql, std::size_t begin) {
    const bool block = sql[begin] == '/';
    const auto end = sql.find(block ? "*/" : "\n", begin + 2);
    if (end == sql.npos) return sql.size();
    return block ? end + 2 : end;
}

Piece next_piece(std::string_view sql, std::size_t at) {
    const char c = sql[at];
    const auto two = sql.substr(at, 2);
    auto end = at + 1;
    auto kind = Kind::sign;
    if (c == '\'' || c == '"') {
        kind = c == '"' ? Kind::name : Kind::quoted;
        end = end_of_quoted(sql, at);
    } else if (two == "--" || two == "/*") {
        kind = Kind::comment;
        end = end_of_comment(sql, at);
    } else if (starts_word(c)) {
        kind = Kind::word;
        while (end < sql.size() && in_word(sql[end])) ++end;
    } else if (is_space(c)) {
        kind = Kind::space;
        while (end < sql.size() && is_space(sql[end])) ++end;
    } else if (two == "::") {
        end = at + 2;
    }
    return {kind, sql.substr(at, end - at)};
}

Pieces pieces_of(std::string_view sql) {
    Pieces pieces;
    for (std::size_t at = 0; at < sql.size(); at += pieces.back().text.size()) {
        pieces.push_back(next_piece(sql, at));
    }
    return pieces;
}

bool same_word(std::string_view a, std::string_view upper) {
    if (a.size() != upper.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const char c = a[i] >= 'a' && a[i] <= 'z' ? static_cast<char>(a[i] - 32) : a[i];
        if (c != upper[i]) return false;
    }
    return true;
}

// Where the pieces from `at` on say these words, spaces and comments aside: the place behind them.
std::size_t after_words(
    const Pieces& pieces, std::size_t at, std::initializer_list<std::string_view> words
) {
    for (const auto word : words) {
        while (at < pieces.size() &&
               (pieces[at].kind == Kind::space || pieces[at].kind == Kind::comment)) {
            ++at;
        }
        if (at == pieces.size() || !same_word(pieces[at].text, word)) return 0;
        ++at;
    }
    return at;
}

std::string numbered(const Pieces& pieces) {
    std::string sql;
    int count = 0;
    for (const auto& piece : pieces) {
        if (piece.kind == Kind::sign && piece.text == "?") {
            sql += '$' + std::to_string(++count);
        } else {
            sql += piece.text;
        }
    }
    return sql;
}

// A word of the schema in SQLite's tongue; moves `at` behind what it stands for.
std::string sqlite_word(const Pieces& pieces, std::size_t& at) {
    const auto text = pieces[at].text;
    if (const auto end = after_words(
            pieces, at, {"BIGINT", "GENERATED", "ALWAYS", "AS", "IDENTITY", "PRIMARY", "KEY"}
        )) {
        at = end;
        return "INTEGER PRIMARY KEY AUTOINCREMENT";
    }
    ++at;
    if (same_word(text, "BIGINT")) return "INTEGER";
    if (same_word(text, "BYTEA")) return "BLOB";
    return std::string(text);
}

// Whether the comment right behind the statement, on its line, asks for rows in primary key order.
bool clustered(const Pieces& pieces, std::size_t semicolon) {
    for (auto at = semicolon + 1; at < pieces.size(); ++at) {
        const auto& piece = pieces[at];
        if (piece.kind == Kind::comment) return piece.text == "-- clustered";
        if (piece.kind != Kind::space || piece.text.find('\n') != piece.text.npos) return false;
    }
    return false;
}

void trim(std::string& text) {
    while (!text.empty() && is_space(text.back())) text.pop_back();
    std::size_t begin = 0;
    while (begin < text.size() && is_space(text[begin])) ++begin;
    text.erase(0, begin);
}

}  // namespace

std::string query_for(Dialect dialect, std::string_view common) {
    const auto pieces = pieces_of(common);
    if (dialect == Dialect::postgresql) return numbered(pieces);
    std::string sql;
    for (std::size_t at = 0; at < pieces.size(); ++at) {
        if (const auto end = after_words(pieces, at, {"COLLATE", "\"C\""})) {
            at = end - 1;
            continue;
        }
        sql += pieces[at].text;
        const bool cast = pieces[at].text == "?" && pieces[at].kind == Kind::sign &&
                          at + 2 < pieces.size() && pieces[at + 1].text == "::";
        if (cast) at += 2;
    }
    return sql;
}

std::vector<std::string> schema_for(Dialect dialect, std::string_view common) {
    const bool sqlite = dialect == Dialect::sqlite;
    const auto pieces = pieces_of(common);
    std::vector<std::string> statements;
    std::string sql;
    bool table = false;
    std::size_t at = 0;
    const auto finish = [&] {
        trim(sql);
        if (!sql.empty() && sqlite && table) {
            sql +=
                at < pieces.size() && clustered(pieces, at) ? " STRICT, WITHOUT ROWID" : " STRICT";
        }
        if (!sql.empty()) statements.push_back(std::move(sql));
        sql.clear();
        table = false;
    };
    while (at < pieces.size()) {
        const auto& piece = pieces[at];
        if (piece.kind == Kind::sign && piece.text == ";") {
            finish();
            ++at;
        } else if (piece.kind == Kind::comment) {
            ++at;
        } else if (const auto end = after_words(pieces, at, {"COLLATE", "\"C\""}); end && sqlite) {
            at = end;
        } else if (piece.kind == Kind::word && sqlite) {
            table = table || after_words(pieces, at, {"CREATE", "TABLE"}) != 0;
            sql += sqlite_word(pieces, at);
        } else {
            sql += piece.text;
            ++at;
        }
    }
    finish();
    return statements;
}

}  // namespace quittance::store
