// The vectors of docs/ledger.md, read from the page itself: what is printed there is what is
// tested.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

#include "base/digest.h"
#include "keys/keys.h"

namespace quittance {

class Vectors {
public:
    Vectors() {
        std::ifstream page(SOURCE_FOLDER "/docs/ledger.md");
        bool inside = false;
        for (std::string line; std::getline(page, line);) {
            if (line == "## Vectors") inside = true;
            if (!inside) continue;
            const auto colon = line.find(": ");
            if (colon != std::string::npos) values_[line.substr(0, colon)] = line.substr(colon + 2);
            if (line == "quittance keys 1") in_file_ = true;
            if (line == "```") in_file_ = false;
            if (in_file_) key_file_ += line + '\n';
        }
    }

    const std::string& text(const std::string& name) const {
        const auto found = values_.find(name);
        if (found == values_.end()) throw std::runtime_error("docs/ledger.md has no " + name);
        return found->second;
    }
    std::string bytes(const std::string& name) const { return from_hex(text(name)).value(); }
    Uuid id(const std::string& name) const { return Uuid::parse(text(name)).value(); }
    AccountId account() const { return {id("account")}; }
    keys::DataKey data_key() const {
        return {KeyId{id("data key id")}, keys::Secret(bytes("data key"))};
    }
    const std::string& key_file() const { return key_file_; }

private:
    std::map<std::string, std::string> values_;
    std::string key_file_;
    bool in_file_ = false;
};

}  // namespace quittance
