#include "data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace quittance {

DataFolder::DataFolder(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code trouble;
    const bool made = fs::create_directories(folder, trouble);
    if (trouble) {
        throw std::runtime_error(
            "The data folder " + folder + " cannot be made: " + trouble.message() + "."
        );
    }
    if (made) fs::permissions(folder, fs::perms::owner_all, trouble);
    const auto file = folder + "/lock";
    lock_ = open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (lock_ < 0) {
        throw std::runtime_error(
            "The data folder " + folder + " cannot be written: " + std::strerror(errno) + "."
        );
    }
    if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        close(lock_);
        throw std::runtime_error(
            "Another Quittance is using the data folder " + folder +
            ". Stop it first, or choose another folder with --data."
        );
    }
}

DataFolder::~DataFolder() { close(lock_); }

}  // namespace quittance
