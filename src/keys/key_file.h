// The key file: text, versioned, mode 0600, replaced atomically (docs/ledger.md). Whoever holds it
// and the database holds everything; whoever loses it has lost everything.
//
// All errors are std::runtime_error with one sentence for whoever runs the server, which names the
// file and never its content.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "keys/keys.h"

namespace quittance::keys {

struct KeySet {
    Secret installation;
    std::map<std::int64_t, Secret> epochs;  // by number; the last one wraps

    // A new installation key and epoch 1.
    static KeySet fresh();
};

// The text of the file and back. `file` is for the message.
std::string key_file_text(const KeySet& keys);
KeySet parse_key_file(std::string_view text, const std::string& file);

// Refuses what is no regular file, what others may read or write, and what is damaged.
KeySet read_key_file(const std::string& file);
// Whether there is anything by that name.
bool key_file_exists(const std::string& file);
// Flushed to the disk, file and folder, when it returns. False, and nothing changed, when there is
// such a file by now.
bool make_key_file(const std::string& file, const KeySet& keys);
// The same, in place of the file that is there, whose bytes are then overwritten.
void replace_key_file(const std::string& file, const KeySet& keys);

}  // namespace quittance::keys
