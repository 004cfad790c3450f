#include "base/email_address.h"

#include <glib.h>
#include <idn2.h>

#include <algorithm>
#include <memory>

namespace quittance {
namespace {

struct GFree {
    void operator()(char* text) const { g_free(text); }
};
using GText = std::unique_ptr<char, GFree>;

struct IdnFree {
    void operator()(char* text) const { idn2_free(text); }
};

// Characters that no mailbox we send to needs and that every header injection does.
bool plain_local_part(std::string_view local) {
    return std::ranges::none_of(local, [](unsigned char c) {
        return c <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '(' || c == ')' ||
               c == ',' || c == ';' || c == ':' || c == '\\' || c == '[' || c == ']' || c == '@';
    });
}

std::optional<std::string> a_label(const std::string& domain) {
    char* raw = nullptr;
    const int outcome = idn2_to_ascii_8z(domain.c_str(), &raw, IDN2_NONTRANSITIONAL);
    const std::unique_ptr<char, IdnFree> owned(raw);
    if (outcome != IDN2_OK || *raw == 0) return std::nullopt;
    std::string label(raw);
    const bool host_name = std::ranges::all_of(label, [](unsigned char c) {
        return g_ascii_isalnum(c) || c == '-' || c == '.';
    });
    const auto dot = label.rfind('.');
    if (!host_name || label.front() == '.' || dot == std::string::npos || dot + 1 == label.size() ||
        label.find("..") != std::string::npos) {
        return std::nullopt;
    }
    return lower_case(label);
}

}  // namespace

std::optional<EmailAddress> EmailAddress::parse(std::string_view text) {
    text = trimmed(text);
    const auto at = text.rfind('@');
    if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64) return {};
    const auto composed = normal_form_c(text);
    if (!composed) return {};
    const auto split = composed->rfind('@');
    const std::string local = composed->substr(0, split);
    if (!plain_local_part(local) || local.front() == '.' || local.back() == '.') return {};
    const auto domain = a_label(composed->substr(split + 1));
    if (!domain || domain->size() > 253) return {};
    return EmailAddress{std::string(text), lower_case(local) + '@' + *domain};
}

std::optional<std::string> normal_form_c(std::string_view text) {
    if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr)) return {};
    const GText composed(
        g_utf8_normalize(text.data(), static_cast<gssize>(text.size()), G_NORMALIZE_NFC)
    );
    return std::string(composed.get());
}

std::string lower_case(std::string_view text) {
    const GText lower(g_utf8_strdown(text.data(), static_cast<gssize>(text.size())));
    return lower.get();
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](unsigned char c) {
        return (c & 0xc0) != 0x80;
    }));
}

std::string_view trimmed(std::string_view text) {
    const auto blank = [&](std::size_t at, std::size_t& width) {
        width = 1;
        if (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')) return true;
        width = 2;
        return text.substr(at, 2) == "\xc2\xa0";
    };
    std::size_t width = 0;
    while (!text.empty() && blank(0, width)) text.remove_prefix(width);
    while (!text.empty()) {
        if (blank(text.size() - 1, width) && width == 1) {
            text.remove_suffix(1);
        } else if (text.size() >= 2 && text.substr(text.size() - 2) == "\xc2\xa0") {
            text.remove_suffix(2);
        } else {
            break;
        }
    }
    return text;
}

}  // namespace quittance
