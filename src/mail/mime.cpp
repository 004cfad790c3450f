#include "mail/mime.h"

#include <gmime/gmime.h>

#include <memory>
#include <mutex>
#include <stdexcept>

#include "base/email_address.h"

namespace quittance::mail {
namespace {

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Unref<T>>;

struct FreeText {
    void operator()(char* text) const { g_free(text); }
};

void add_mailbox(
    GMimeMessage* message, GMimeAddressType type, const std::string& name,
    const std::string& address
) {
    g_mime_message_add_mailbox(
        message, type, name.empty() ? nullptr : name.c_str(), wire_address(address).c_str()
    );
}

void add_text(GMimeMessage* message, const std::string& text) {
    const Held<GMimeTextPart> part(g_mime_text_part_new_with_subtype("plain"));
    const Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    const Held<GMimeDataWrapper> content(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)
    );
    auto* as_part = GMIME_PART(part.get());
    g_mime_part_set_content(as_part, content.get());
    g_mime_part_set_content_encoding(as_part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    // set_text() would choose a character set of its own; ours is always the same.
    g_mime_text_part_set_charset(part.get(), "utf-8");
    g_mime_message_set_mime_part(message, GMIME_OBJECT(part.get()));
}

std::string with_crlf(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 40);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
        out += text[i];
    }
    return out;
}

std::string written_out(GMimeMessage* message) {
    GMimeFormatOptions* options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    const std::unique_ptr<char, FreeText> text(
        g_mime_object_to_string(GMIME_OBJECT(message), options)
    );
    g_mime_format_options_free(options);
    if (!text) throw std::runtime_error("GMime could not write a message");
    return with_crlf(text.get());
}

}  // namespace

std::string wire_address(std::string_view address) {
    const auto parsed = EmailAddress::parse(address);
    if (!parsed) throw std::logic_error("an e-mail address went bad in the queue");
    const auto local = parsed->written.substr(0, parsed->written.rfind('@') + 1);
    return local + std::string(parsed->domain());
}

std::string mime_of(
    const Letter& letter, const Sender& sender, Written written, LetterId id, Instant at
) {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
    const Held<GMimeMessage> message(g_mime_message_new(TRUE));
    add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, sender.name, sender.address);
    if (!sender.reply_to.empty()) {
        add_mailbox(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, {}, sender.reply_to);
    }
    add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, letter.to_name, letter.to);
    g_mime_message_set_subject(message.get(), letter.subject.c_str(), "utf-8");
    const auto from = wire_address(sender.address);
    const auto domain = from.substr(from.rfind('@') + 1);
    g_mime_message_set_message_id(message.get(), (id.text() + "@" + domain).c_str());
    GDateTime* date = g_date_time_new_from_unix_utc(at.ms / 1000);
    g_mime_message_set_date(message.get(), date);
    g_date_time_unref(date);
    auto* headers = GMIME_OBJECT(message.get());
    if (!letter.language.empty()) {
        g_mime_object_set_header(headers, "Content-Language", letter.language.c_str(), nullptr);
    }
    if (written == Written::by_quittance) {
        g_mime_object_set_header(headers, "Auto-Submitted", "auto-generated", nullptr);
    }
    add_text(message.get(), letter.text);
    return written_out(message.get());
}

}  // namespace quittance::mail
