// The data folder and its lock: one process that writes at a time.
#pragma once

#include <string>

namespace quittance {

class DataFolder {
public:
    // Makes the folder (mode 0700) when it is missing and takes its lock until the object goes.
    // Throws std::runtime_error with one sentence for the operator when another process has it, or
    // when the folder cannot be written.
    explicit DataFolder(const std::string& folder);
    ~DataFolder();
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;

private:
    int lock_ = -1;
};

}  // namespace quittance
