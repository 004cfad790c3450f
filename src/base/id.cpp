#include "base/id.h"

#include <chrono>
#include <mutex>

#include "base/digest.h"

namespace quittance {
namespace {

// Milliseconds in the upper bits and a counter in the 12 bits after the version, so that ids made
// in the same millisecond still rise (RFC 9562, 6.2, method 1).
struct Tick {
    std::uint64_t ms;
    std::uint16_t counter;
};

Tick next_tick() {
    static std::mutex mutex;
    static Tick last{0, 0};
    const std::lock_guard lock(mutex);
    const auto now =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                       std::chrono::system_clock::now().time_since_epoch()
        )
                                       .count());
    if (now > last.ms) {
        last = {now, 0};
    } else if (++last.counter > 0x0fff) {
        last = {last.ms + 1, 0};
    }
    return last;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Uuid Uuid::make() {
    Uuid uuid;
    random_bytes(uuid.bytes.data(), uuid.bytes.size());
    const auto tick = next_tick();
    for (std::size_t i = 0; i < 6; ++i) {
        uuid.bytes[i] = static_cast<std::uint8_t>(tick.ms >> (40 - 8 * i));
    }
    uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | (tick.counter >> 8));
    uuid.bytes[7] = static_cast<std::uint8_t>(tick.counter);
    uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));
    return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t byte = 0;
    for (std::size_t i = 0; i < 36;) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i++] != '-') return std::nullopt;
            continue;
        }
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid.bytes[byte++] = static_cast<std::uint8_t>(high << 4 | low);
        i += 2;
    }
    return uuid;
}

std::optional<Uuid> Uuid::from_blob(std::string_view blob) {
    if (blob.size() != 16) return std::nullopt;
    Uuid uuid;
    blob.copy(reinterpret_cast<char*>(uuid.bytes.data()), 16);
    return uuid;
}

std::string Uuid::text() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

}  // namespace quittance
