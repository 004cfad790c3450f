#include "keys/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/digest.h"

namespace quittance::keys {
namespace {

constexpr std::string_view first_line = "quittance keys 1\n";
constexpr std::size_t check_bytes = 16;
constexpr std::size_t file_bytes_max = 64 * 1024;

[[noreturn]] void fail(const std::string& file, std::string_view what) {
    throw std::runtime_error(fmt::format("The key file {} {}.", file, what));
}

[[noreturn]] void fail_errno(const std::string& file, std::string_view what) {
    const int error = errno;
    fail(file, fmt::format("{}: {}", what, std::strerror(error)));
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    explicit operator bool() const { return fd_ >= 0; }
    int get() const { return fd_; }

private:
    int fd_;
};

// Text with keys in it, wiped when it goes.
struct SecretText {
    std::string text;
    ~SecretText() { sodium_memzero(text.data(), text.size()); }
};

std::string check_of(std::string_view text) { return hex(sha256(text).substr(0, check_bytes)); }

// Takes the next line off `text`, without its end.
std::string_view next_line(std::string_view& text, const std::string& file) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) fail(file, "is damaged: a line is cut off");
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

Secret key_from(std::string_view text, const std::string& file) {
    auto bytes = from_base64url(text);
    if (!bytes || bytes->size() != secret_bytes) fail(file, "is damaged: a key is malformed");
    Secret secret(*bytes);
    sodium_memzero(bytes->data(), bytes->size());
    return secret;
}

void write_all(int fd, std::string_view bytes, const std::string& file) {
    while (!bytes.empty()) {
        const auto written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail_errno(file, "cannot be written");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string folder_of(const std::string& file) {
    const auto folder = std::filesystem::path(file).parent_path().string();
    return folder.empty() ? "." : folder;
}

void flush_folder(const std::string& file) {
    const Descriptor folder(::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0) fail_errno(file, "cannot be made durable");
}

// A complete, flushed file beside `file`, under a name that nobody else uses.
std::string write_beside(const std::string& file, const KeySet& keys) {
    const auto beside = fmt::format("{}.{}.new", file, hex(random_bytes(8)));
    const Descriptor out(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)
    );
    if (!out) fail_errno(file, "cannot be written");
    try {
        const SecretText content{key_file_text(keys)};
        write_all(out.get(), content.text, file);
        if (::fsync(out.get()) != 0) fail_errno(file, "cannot be made durable");
    } catch (...) {
        ::unlink(beside.c_str());
        throw;
    }
    return beside;
}

// Overwrites what a descriptor points at. All that can be done: disks and file systems may keep
// older copies, as docs/security.md says.
void overwrite(const Descriptor& old) {
    struct stat info {};
    if (!old || ::fstat(old.get(), &info) != 0) return;
    const std::string nothing(static_cast<std::size_t>(info.st_size), '\0');
    if (::pwrite(old.get(), nothing.data(), nothing.size(), 0) >= 0) ::fsync(old.get());
}

// A crash while the file was replaced may leave a copy with keys that should be gone.
void remove_leftovers(const std::string& file) {
    const auto prefix = std::filesystem::path(file).filename().string() + '.';
    std::error_code ignored;
    for (std::filesystem::directory_iterator it(folder_of(file), ignored), end; it != end; ++it) {
        const auto name = it->path().filename().string();
        if (!name.starts_with(prefix) || !name.ends_with(".new")) continue;
        overwrite(Descriptor(::open(it->path().c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC)));
        std::filesystem::remove(it->path(), ignored);
    }
}

}  // namespace

KeySet KeySet::fresh() {
    KeySet keys;
    keys.epochs.emplace(1, Secret());
    return keys;
}

std::string key_file_text(const KeySet& keys) {
    std::string text(first_line);
    text += fmt::format("installation {}\n", base64url(keys.installation.bytes()));
    for (const auto& [number, secret] : keys.epochs) {
        text += fmt::format("epoch {} {}\n", number, base64url(secret.bytes()));
    }
    text += fmt::format("check {}\n", check_of(text));
    return text;
}

KeySet parse_key_file(std::string_view text, const std::string& file) {
    if (!text.starts_with(first_line)) fail(file, "is no key file of version 1");
    const auto check = text.rfind("check ");
    if (check == std::string_view::npos ||
        text.substr(check) != fmt::format("check {}\n", check_of(text.substr(0, check)))) {
        fail(file, "is damaged: its last line does not match the others");
    }
    auto lines = text.substr(0, check);
    next_line(lines, file);
    const auto installation = next_line(lines, file);
    if (!installation.starts_with("installation ")) fail(file, "has no installation key");
    KeySet keys{key_from(installation.substr(13), file), {}};
    while (!lines.empty()) {
        const auto line = next_line(lines, file);
        const auto space = line.rfind(' ');
        std::int64_t number = 0;
        if (!line.starts_with("epoch ") || space < 7) fail(file, "has a line that says nothing");
        const auto [end, error] = std::from_chars(line.data() + 6, line.data() + space, number);
        const auto last = keys.epochs.empty() ? 0 : keys.epochs.rbegin()->first;
        if (error != std::errc() || end != line.data() + space || number <= last) {
            fail(file, "has epochs whose numbers do not rise");
        }
        keys.epochs.emplace(number, key_from(line.substr(space + 1), file));
    }
    if (keys.epochs.empty()) fail(file, "has no epoch key");
    return keys;
}

KeySet read_key_file(const std::string& file) {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!in) fail_errno(file, "cannot be read");
    struct stat info {};
    if (::fstat(in.get(), &info) != 0) fail_errno(file, "cannot be read");
    if (!S_ISREG(info.st_mode)) fail(file, "is no regular file");
    if ((info.st_mode & 077) != 0) {
        fail(
            file, fmt::format(
                      "is open to others (mode {:04o}); close it with: chmod 600 {}",
                      info.st_mode & 07777, file
                  )
        );
    }
    if (info.st_size > static_cast<off_t>(file_bytes_max)) fail(file, "is too long");
    SecretText content{std::string(file_bytes_max, '\0')};
    std::size_t size = 0;
    while (size < content.text.size()) {
        const auto got = ::read(in.get(), content.text.data() + size, content.text.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_errno(file, "cannot be read");
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    return parse_key_file(std::string_view(content.text).substr(0, size), file);
}

bool key_file_exists(const std::string& file) {
    struct stat info {};
    if (::lstat(file.c_str(), &info) == 0) return true;
    if (errno == ENOENT) return false;
    fail_errno(file, "cannot be read");
}

bool make_key_file(const std::string& file, const KeySet& keys) {
    const auto beside = write_beside(file, keys);
    // A link, not a rename: it never replaces a key file that somebody else has just made.
    const bool made = ::link(beside.c_str(), file.c_str()) == 0;
    const int error = errno;
    ::unlink(beside.c_str());
    errno = error;
    if (!made && error != EEXIST) fail_errno(file, "cannot be made");
    flush_folder(file);
    return made;
}

void replace_key_file(const std::string& file, const KeySet& keys) {
    remove_leftovers(file);
    const Descriptor old(::open(file.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
    const auto beside = write_beside(file, keys);
    if (::rename(beside.c_str(), file.c_str()) != 0) fail_errno(file, "cannot be replaced");
    flush_folder(file);
    // Only now: until the folder is on the disk, a power cut may bring the old file back.
    overwrite(old);
}

}  // namespace quittance::keys
