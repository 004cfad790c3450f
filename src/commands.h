// What `quittance` does when it is called. Each returns the exit code; trouble that the operator
// can mend is a std::runtime_error with one sentence.
#pragma once

#include <string>

#include "configuration.h"

namespace quittance {

// Serves until SIGINT or SIGTERM, then lets the calls in hand end. Prints "listening on URL" first.
// Exits with 1 within five seconds once the database cannot be written for good.
int serve(const Configuration& configuration);
// The same with an invented company in a database of its own, which is emptied at every start.
int serve_demo(const Configuration& configuration);

// Reads configuration, key file and database and says what is wrong. Changes nothing. 0: all well.
int check(const Configuration& configuration);

struct AccountOrder {
    std::string name;
    std::string owner_name;
    std::string owner_email;
};
// Asks for the owner's password on the terminal, or reads it as one line from standard input.
int add_account(const Configuration& configuration, const AccountOrder& order);

struct AgentOrder {
    std::string account;  // may be empty when there is only one
    std::string name;
    std::string email;
    std::string role;
};
int add_agent(const Configuration& configuration, const AgentOrder& order);

}  // namespace quittance
