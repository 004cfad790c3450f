#include "api/words.h"

#include <algorithm>
#include <array>

namespace quittance::api {
namespace {

// One sentence says what happened, the next what to do. By code; a test holds the table against
// every code that is thrown anywhere.
constexpr std::array table{
    CodeWords{"accepted", "This invitation has been accepted. Archive the agent instead."},
    CodeWords{
        "address_not_proven",
        "A reply may only go to an address that is proven or attested. Add it to the request's "
        "identifiers first."},
    CodeWords{"already_agent", "This person is an agent of the account already."},
    CodeWords{
        "already_replied",
        "A reply is on its way or has been given. It can be sent again only if it fails."},
    CodeWords{"already_set_up", "This installation has an account already. Sign in instead."},
    CodeWords{"already_verified", "The requester is verified already. There is nothing to send."},
    CodeWords{"archived", "It is archived already. Load the list again."},
    CodeWords{
        "bad_cursor",
        "This cursor does not belong to this list. Begin without one and follow `next`."},
    CodeWords{
        "bad_text",
        "The text holds characters that cannot be kept, such as control characters. Remove them."},
    CodeWords{"body_too_large", "The body is too large. Send less at once."},
    CodeWords{"busy", "Too many sign-ins at the same moment. Try again in a few seconds."},
    CodeWords{"call_timed_out", "The call took too long to arrive. Send it again."},
    CodeWords{
        "commit_unknown",
        "The connection to the database broke at the last moment, so it may have been saved or "
        "not. Load again to see."},
    CodeWords{
        "decision_not_possible",
        "The request cannot be closed with this decision. Choose one of: {possible}."},
    CodeWords{"does_not_fit", "The column cannot hold this. Choose another way or another value."},
    CodeWords{"duplicate_parameter", "The parameter {parameter} is there twice. Send it once."},
    CodeWords{"erased", "This request has been erased, so its texts cannot be read any more."},
    CodeWords{"expectation_failed", "The Expect field asks for what this server does not do."},
    CodeWords{
        "fault",
        "Something is broken here. It has been logged; tell the operator the reference "
        "{reference}."},
    CodeWords{"fixed", "This cannot be changed. Add a new one instead."},
    CodeWords{
        "fresh_sign_in_needed",
        "This needs a sign-in younger than ten minutes. Give your password again."},
    CodeWords{
        "ground_not_for_keeping",
        "This ground cannot keep a system from being done. Choose one of kind keep."},
    CodeWords{
        "ground_not_for_refusal",
        "This ground does not refuse a request. Choose one of kind refuse or redirect."},
    CodeWords{
        "ground_not_for_type",
        "This ground does not exist for this type of request. Choose "
        "another one."},
    CodeWords{
        "hangs_on_deleted",
        "Its rows refer to rows of {table}, which are deleted. Set the reference to null, or "
        "delete these rows, too."},
    CodeWords{"head_too_large", "The head of the call is too large. Send fewer or shorter fields."},
    CodeWords{
        "holds_key", "This column is part of the primary key and stays. Delete the row instead."},
    CodeWords{
        "idempotency_key_reused",
        "This Idempotency-Key was used for another call. Take a new one for each call."},
    CodeWords{
        "in_circle",
        "The tables {tables} refer to each other in a circle that cannot be opened. Allow null in "
        "one of these references, or make it deferrable."},
    CodeWords{
        "in_progress",
        "The first call with this Idempotency-Key is still being worked on. Try "
        "again in a moment."},
    CodeWords{"in_the_future", "The day lies in the future. It can be tomorrow at the latest."},
    CodeWords{
        "invalid_fields",
        "Something in the call is not right, and nothing was changed. `errors` says where."},
    CodeWords{
        "invitation_gone",
        "This invitation is over, or was used or taken back. Ask for a new one."},
    CodeWords{"last_owner", "This is the last owner. Make another agent an owner first."},
    CodeWords{"last_template", "This is the last template of its kind. Add another one first."},
    CodeWords{"letter_not_waiting", "This letter is not waiting any more. Load again."},
    CodeWords{"malformed_call", "This is not HTTP as the standard has it."},
    CodeWords{"malformed_form", "The form could not be read."},
    CodeWords{"malformed_json", "The body is not JSON. It breaks off at byte {position}."},
    CodeWords{"malformed_target", "The address of the call could not be read."},
    CodeWords{"method_not_allowed", "This address does not take that method. Allow says which."},
    CodeWords{
        "method_not_yours",
        "Only the product itself can verify that way. Choose known_to_agent, document or "
        "representative."},
    CodeWords{"no_email", "The request has no e-mail address. Answer by other means and note how."},
    CodeWords{
        "no_key", "This table has no primary key, so its rows cannot be named. Give it one first."},
    CodeWords{"no_mail_server", "No mail server is set up. Set one up in the mail settings."},
    CodeWords{
        "no_reply",
        "The requester has not been answered. Reply first, or note how it was answered."},
    CodeWords{"not_a_date", "This is not a day. Write it like 2026-11-24."},
    CodeWords{"not_a_host", "This is not the name of a server. Write it like mail.example.com."},
    CodeWords{"not_a_language", "This is not the tag of a language. Write it like en or de-AT."},
    CodeWords{
        "not_a_table", "This is a view and may show rows of others. Choose the table behind it."},
    CodeWords{"not_above", "This is no table further up in the map. Put that table in front."},
    CodeWords{"not_an_email", "This is not an e-mail address. Write it like mara@example.com."},
    CodeWords{"not_an_https_url", "This is not a web address that begins with https://."},
    CodeWords{"not_an_id", "This is not an id. Ids are UUIDs."},
    CodeWords{"not_failed", "Only a reply that could not be delivered can be sent again."},
    CodeWords{"not_found", "There is no such thing here. Check the address."},
    CodeWords{
        "not_in_stage",
        "This is not possible while the request is in stage {stage}. Load it again to see where "
        "it stands."},
    CodeWords{"not_nullable", "This column must not be empty. Choose another way."},
    CodeWords{"not_one_of", "This value is not possible here. Choose one of: {allowed}."},
    CodeWords{"not_paired", "There must be as many as there are columns. Name one for each."},
    CodeWords{"not_signed_in", "Nobody is signed in. Sign in and try again."},
    CodeWords{
        "not_the_statement", "This is not the sentence that must be attested. Write: {statement}."},
    CodeWords{
        "not_transactional",
        "This table cannot take part in a transaction. Change its engine to InnoDB first."},
    CodeWords{
        "not_with_sent_by",
        "A reply that went by other means has no text here. Describe it in `note`."},
    CodeWords{"not_with_template", "Send either a template or a text of your own, not both."},
    CodeWords{
        "not_writable",
        "This server cannot write to its database any more. The operator must look at it."},
    CodeWords{"one_line", "This must be one line. Remove the line breaks."},
    CodeWords{
        "only_on_loopback",
        "Mail without encryption may only go to a server on this machine. Choose tls or "
        "starttls."},
    CodeWords{"out_of_range", "This number is too small or too large."},
    CodeWords{"overloaded", "Too much is going on here right now. Try again in a few seconds."},
    CodeWords{
        "password_names_you",
        "This password is made of your name, address or company. Choose another one."},
    CodeWords{"password_too_common", "This password is one of the commonest. Choose another one."},
    CodeWords{"password_too_long", "A password has at most 128 characters."},
    CodeWords{"password_too_short", "A password has at least 12 characters. A few words will do."},
    CodeWords{
        "proof_not_needed",
        "This type of request needs no proof, and asking for one would be unlawful."},
    CodeWords{"required", "This is missing."},
    CodeWords{"reset_gone", "This link is over or was used. Ask for a new one."},
    CodeWords{
        "set_up_code_needed",
        "From another machine the set-up needs the code that the server printed when it "
        "started."},
    CodeWords{"sign_in_failed", "Address and password do not go together. Try again."},
    CodeWords{
        "stale", "Somebody else changed it meanwhile. Load it again and look at what is new."},
    CodeWords{
        "template_forbidden_tag",
        "The template uses a tag that is not allowed here: {what}. Use plain variables."},
    CodeWords{
        "template_not_for_outcome",
        "This template is for another outcome of the request. Choose another one."},
    CodeWords{
        "template_not_for_type",
        "This template is for another type of request. Choose another one."},
    CodeWords{"template_syntax", "The template cannot be read. What is wrong: {what}."},
    CodeWords{
        "template_unknown_variable",
        "The template uses {what}, which does not exist. The list of variables says what does."},
    CodeWords{"too_long", "This is too long. At most {most} characters."},
    CodeWords{"too_many", "These are too many. At most {most}."},
    CodeWords{"too_many_connections", "Too many connections from one place. Close some."},
    CodeWords{"too_many_identifiers", "A request has at most 20 identifiers. This one is full."},
    CodeWords{
        "too_many_mails",
        "Three such mails were sent within an hour. Wait before sending another one."},
    CodeWords{
        "too_many_templates",
        "An account has at most 500 templates. Archive some that nobody uses."},
    CodeWords{"too_many_tries", "Too many tries. Wait a while before the next one."},
    CodeWords{"too_old", "The day lies too far back. At most two years."},
    CodeWords{"twice", "This stands there twice. Leave one out."},
    CodeWords{"unacceptable_key", "An Idempotency-Key is 1 to 255 visible ASCII characters."},
    CodeWords{
        "unavailable",
        "The database cannot be reached right now. Nothing was saved; try again in a moment."},
    CodeWords{"unfinished", "The work is not finished. Attest what was done before going on."},
    CodeWords{"unknown_agent", "Nobody of that id works on requests here. Choose another agent."},
    CodeWords{"unknown_column", "The table has no column {column}. Choose one of its own."},
    CodeWords{"unknown_country", "There is no such country. Use the two letters of ISO 3166-1."},
    CodeWords{"unknown_ground", "There is no such ground. GET /api/v1/grounds lists them."},
    CodeWords{"unknown_key", "This API key opens nothing. It is mistyped or archived."},
    CodeWords{"unknown_member", "There is no such member here. Check its spelling or remove it."},
    CodeWords{
        "unknown_parameter", "There is no such parameter here. Check its spelling or remove it."},
    CodeWords{"unknown_region", "There is no such state or province in {country}. Use ISO 3166-2."},
    CodeWords{"unknown_table", "The database has no such table. Choose one of its own."},
    CodeWords{"unknown_time_zone", "There is no such time zone. Write it like Europe/Berlin."},
    CodeWords{
        "unknown_type", "There is no such type of request. GET /api/v1/request-types lists them."},
    CodeWords{
        "unsupported_media_type", "The body must be of another type. Send application/json here."},
    CodeWords{
        "unverified",
        "The requester has not been verified. Verify them first, or reject the request."},
    CodeWords{"version_not_supported", "This server speaks HTTP/1.1."},
    CodeWords{
        "wrong_origin",
        "A call with a session cookie must come from this site's own pages. Programs use an API "
        "key."},
    CodeWords{"wrong_password", "The password is not right. Try again."},
    CodeWords{"wrong_role", "The role {role} may not do this. Ask an owner of the account."},
    CodeWords{"wrong_scope", "This API key may not do this. Its scopes do not reach that far."},
    CodeWords{
        "wrong_set_up_code",
        "The code is not right. It stands in what the server printed when it started."},
    CodeWords{"wrong_type", "This is of the wrong type. It must be of type {expected}."},
};
static_assert(std::ranges::is_sorted(table, {}, &CodeWords::code));

// A sentence whose parameter is missing is left out.
std::string without_gaps(const std::string& text) {
    std::string kept;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(". "), rest.size() - 1);
        const auto sentence = rest.substr(0, end + 1);
        if (sentence.find('{') == std::string_view::npos) {
            kept += (kept.empty() ? "" : " ") + std::string(sentence);
        }
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return kept.empty() ? text : kept;
}

}  // namespace

std::span<const CodeWords> all_words() { return table; }

std::string words(std::string_view code, const std::map<std::string, std::string>& params) {
    const auto found = std::ranges::lower_bound(table, code, {}, &CodeWords::code);
    if (found == table.end() || found->code != code) return "";
    std::string text(found->words);
    for (const auto& [name, value] : params) {
        const auto gap = "{" + name + "}";
        if (const auto at = text.find(gap); at != std::string::npos) {
            text.replace(at, gap.size(), value);
        }
    }
    return without_gaps(text);
}

}  // namespace quittance::api
