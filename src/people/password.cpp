#include "people/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "base/email_address.h"
#include "people/common_passwords.h"

namespace quittance::people {
namespace {

constexpr unsigned long long passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t memory_bytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;
static_assert(passes == 2 && memory_bytes == 64 * 1024 * 1024, "password.h says so");

constexpr int at_once_most = 3;
constexpr int waiting_most = 32;
constexpr std::chrono::seconds longest_wait{10};

// The few places in which a password may be hashed: memory stays bounded however many callers come.
class Places {
public:
    void take() {
        std::unique_lock lock(mutex_);
        if (waiting_ >= waiting_most) refuse();
        ++waiting_;
        const bool free =
            freed_.wait_for(lock, longest_wait, [&] { return taken_ < at_once_most; });
        --waiting_;
        if (!free) refuse();
        ++taken_;
    }
    void give_back() {
        {
            const std::lock_guard lock(mutex_);
            --taken_;
        }
        freed_.notify_one();
    }

private:
    [[noreturn]] static void refuse() {
        Refusal busy(No::unavailable, "busy");
        busy.retry_after_s = static_cast<int>(longest_wait.count());
        throw busy;
    }

    std::mutex mutex_;
    std::condition_variable freed_;
    int taken_ = 0;
    int waiting_ = 0;
};

Places& places() {
    static Places places;
    return places;
}

class Place {
public:
    Place() { places().take(); }
    ~Place() { places().give_back(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
};

bool is_letter(unsigned char c) { return c >= 0x80 || (c >= 'a' && c <= 'z'); }
bool is_word_character(unsigned char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// Valid UTF-8 without control characters, in one of its spellings: whoever types it on another
// keyboard or system can sign in, too.
std::optional<std::string> one_spelling(std::string_view password) {
    const auto control = [](unsigned char c) { return c < ' ' || c == 0x7f; };
    if (std::ranges::any_of(password, control)) return std::nullopt;
    return normal_form_c(password);
}

// Lower case, without blanks.
std::string plain(std::string_view text) {
    auto lower = lower_case(text);
    std::erase(lower, ' ');
    return lower;
}

// Without the digits and signs at both ends.
std::string_view without_trimmings(std::string_view text) {
    while (!text.empty() && !is_letter(static_cast<unsigned char>(text.front()))) {
        text.remove_prefix(1);
    }
    while (!text.empty() && !is_letter(static_cast<unsigned char>(text.back()))) {
        text.remove_suffix(1);
    }
    return text;
}

// "aaaaaaaaaaaa", "abc1abc1abc1": a piece of up to four characters (bytes), again and again.
bool is_one_piece_repeated(std::string_view text) {
    for (std::size_t piece = 1; piece <= 4 && piece < text.size(); ++piece) {
        bool repeated = true;
        for (std::size_t i = piece; i < text.size() && repeated; ++i) {
            repeated = text[i] == text[i - piece];
        }
        if (repeated) return true;
    }
    return false;
}

bool is_too_common(std::string_view lower) {
    const auto core = without_trimmings(lower);
    if (is_common_password(lower) || is_common_password(core) || is_one_piece_repeated(lower)) {
        return true;
    }
    // "passwordpassword" and "MonkeyMonkey1": one of them twice.
    const auto half = core.substr(0, core.size() / 2);
    return !half.empty() && core.size() % 2 == 0 && core.substr(half.size()) == half &&
           is_common_password(half);
}

// The words in `text` of at least three characters, lower case.
void add_words(std::vector<std::string>& words, std::string_view text) {
    std::string word;
    const auto add = [&] {
        if (word.size() >= 3) words.push_back(word);
        word.clear();
    };
    const auto lower = lower_case(text);
    for (const char c : lower) {
        if (is_word_character(static_cast<unsigned char>(c))) {
            word += c;
        } else {
            add();
        }
    }
    add();
}

bool names(std::string_view lower, const PasswordOwner& owner) {
    std::vector<std::string> words{"quittance"};
    for (const auto* text : {&owner.name, &owner.email, &owner.company}) add_words(words, *text);
    // Longest first, so that "example" goes before "exam" could tear it.
    std::ranges::sort(words, [](const auto& a, const auto& b) { return a.size() > b.size(); });
    std::string rest(lower);
    for (const auto& word : words) {
        for (auto at = rest.find(word); at != std::string::npos; at = rest.find(word)) {
            // A sign takes its place: what stood left and right of it must not become a new word.
            rest.replace(at, word.size(), "-");
        }
    }
    return rest.size() < lower.size() &&
           std::ranges::none_of(rest, [](unsigned char c) { return is_letter(c); });
}

}  // namespace

std::vector<FieldError> password_flaws(
    std::string_view at, std::string_view password, const PasswordOwner& owner
) {
    const auto flaw = [&](std::string code, std::map<std::string, std::string> params = {}) {
        return std::vector<FieldError>{{std::string(at), std::move(code), std::move(params)}};
    };
    const auto text = one_spelling(password);
    if (!text) return flaw("bad_text");
    if (characters(*text) < password_characters_least) {
        return flaw("password_too_short", {{"least", std::to_string(password_characters_least)}});
    }
    if (characters(*text) > password_characters_most) {
        return flaw("password_too_long", {{"most", std::to_string(password_characters_most)}});
    }
    const auto lower = plain(*text);
    if (is_too_common(lower)) return flaw("password_too_common");
    if (names(lower, owner)) return flaw("password_names_you");
    return {};
}

PasswordHash hash_password(std::string_view password) {
    const auto text = one_spelling(password);
    if (!text || characters(*text) > password_characters_most) {
        throw std::logic_error("a password that breaks the rules cannot be hashed");
    }
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const Place place;
    if (crypto_pwhash_str_alg(
            hash.data(), text->data(), text->size(), passes, memory_bytes,
            crypto_pwhash_ALG_ARGON2ID13
        ) != 0) {
        throw std::runtime_error("a password could not be hashed: not enough memory");
    }
    return {hash.data()};
}

bool password_matches(const std::optional<PasswordHash>& hash, std::string_view password) {
    // Somebody whom we do not know is compared with this one; nobody has its password.
    static const auto nobody = hash_password("nobody has this password, whatever they may say");
    auto text = one_spelling(password);
    const bool possible = hash && text && characters(*text) <= password_characters_most;
    if (!possible) text = "not this one";
    const Place place;
    const auto& compared = possible ? hash->text : nobody.text;
    return crypto_pwhash_str_verify(compared.c_str(), text->data(), text->size()) == 0 && possible;
}

}  // namespace quittance::people
