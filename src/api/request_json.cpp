#include "api/request_json.h"

#include "requests/due.h"

namespace quittance::api {
namespace {

namespace json = boost::json;

template <class T>
json::value or_null(const std::optional<T>& maybe) {
    if (!maybe) return nullptr;
    return json::value_from(*maybe);
}

json::value time_json(const std::optional<Instant>& at) {
    if (!at) return nullptr;
    return json::value(at->text());
}

template <class E>
json::value name_json(const std::optional<E>& value) {
    if (!value) return nullptr;
    return json::value(requests::name_of(*value));
}

// What both the list and the page of a request show.
json::object common_json(
    const requests::Row& row, const requests::Person& person, const AgentNames& names
) {
    return {
        {"id", row.id.text()},
        {"reference", row.reference},
        {"type", row.type},
        {"stage", requests::name_of(row.stage)},
        {"decision", name_json(row.decision)},
        {"proof", requests::name_of(row.proof)},
        {"verified", row.proof == requests::Proof::given},
        {"requester", {{"name", or_null(person.name)}, {"email", or_null(person.email)}}},
        {"country", row.country},
        {"region", or_null(row.region)},
        {"channel", requests::name_of(row.channel)},
        {"received_on", text_of(row.received_on)},
        {"received_at", row.received_at.text()},
        {"due",
         {{"on", text_of(row.due_on)},
          {"law", or_null(row.due_law)},
          {"reason", requests::reason_for(row.due_law, row.due_rule)}}},
        {"assignee", agent_json(row.assignee, names)},
        {"updated_at", row.updated_at.text()},
        {"closed_at", time_json(row.closed_at)},
    };
}

}  // namespace

json::value agent_json(const std::optional<AgentId>& agent, const AgentNames& names) {
    if (!agent) return nullptr;
    const auto found = names.find(*agent);
    return json::object{{"id", agent->text()}, {"name", found == names.end() ? "" : found->second}};
}

json::value verification_json(
    const std::optional<requests::Verification>& verification, const AgentNames& names
) {
    if (!verification) return nullptr;
    return json::object{
        {"method", requests::name_of(verification->method)},
        {"at", verification->at.text()},
        {"agent", agent_json(verification->agent, names)},
        {"reason", or_null(verification->reason)}};
}

json::object identifier_json(const requests::Identifier& identifier, const AgentNames& names) {
    return {
        {"id", identifier.id.text()},
        {"kind", identifier.kind},
        {"value", identifier.value},
        {"proof", requests::name_of(identifier.proof)},
        {"agent", agent_json(identifier.agent, names)},
        {"reason", or_null(identifier.reason)},
        {"at", identifier.at.text()}};
}

json::value attestation_json(
    const std::optional<requests::Attestation>& attestation, const AgentNames& names
) {
    if (!attestation) return nullptr;
    json::array systems;
    for (const auto& system : attestation->attested.systems.value_or(std::vector<std::string>{})) {
        systems.emplace_back(system);
    }
    json::array exceptions;
    const auto kept = attestation->attested.exceptions.value_or(std::vector<requests::Exception>{});
    for (const auto& exception : kept) {
        exceptions.push_back(json::object{
            {"system", exception.system},
            {"ground", exception.ground},
            {"until", or_null(exception.until)}});
    }
    return json::object{
        {"statement", attestation->attested.statement},
        {"systems", std::move(systems)},
        {"exceptions", std::move(exceptions)},
        {"agent", agent_json(attestation->agent, names)},
        {"at", attestation->at.text()}};
}

json::object reply_json(const requests::Reply& reply, const AgentNames& names) {
    return {{"id", reply.id.text()},    {"sent_by", requests::name_of(reply.sent_by)},
            {"state", reply.state},     {"last_error", or_null(reply.last_error)},
            {"subject", reply.subject}, {"body", reply.body},
            {"note", reply.note},       {"agent", agent_json(reply.agent, names)},
            {"at", reply.at.text()}};
}

json::object exit_json(const requests::Exit& exit, const AgentNames& names) {
    return {
        {"step", exit.step},
        {"stage", requests::name_of(exit.stage)},
        {"at", exit.at.text()},
        {"agent", agent_json(exit.agent, names)}};
}

json::object request_json(const requests::View& view, const AgentNames& names) {
    auto object = common_json(view.row, view.person, names);
    object["ground"] = or_null(view.row.ground);
    object["language"] = view.row.language;
    json::array details;
    for (const auto& detail : view.person.details) {
        details.push_back(json::object{
            {"key", detail.key}, {"label", detail.label}, {"value", detail.value}});
    }
    object["details"] = std::move(details);
    object["verification"] = verification_json(view.verification, names);
    json::array identifiers;
    for (const auto& identifier : view.identifiers) {
        identifiers.push_back(identifier_json(identifier, names));
    }
    object["identifiers"] = std::move(identifiers);
    object["attestation_statement"] = requests::statement_for(view.row.type);
    object["attestation"] = attestation_json(view.attestation, names);
    json::array steps;
    for (const auto& exit : view.exits) steps.push_back(exit_json(exit, names));
    object["steps"] = std::move(steps);
    object["reply_draft_at"] =
        view.draft ? json::value(view.draft->at.text()) : json::value(nullptr);
    json::array replies;
    for (const auto& reply : view.replies) replies.push_back(reply_json(reply, names));
    object["reply"] = replies.empty() ? json::value(nullptr) : json::value(replies.back());
    object["replies"] = std::move(replies);
    json::array possible;
    for (const auto decision : view.possible_decisions) {
        possible.emplace_back(requests::name_of(decision));
    }
    object["possible_decisions"] = std::move(possible);
    object["version"] = view.row.version;
    return object;
}

json::object line_json(const requests::Line& line, const AgentNames& names) {
    auto object = common_json(line.row, line.person, names);
    object["trouble"] = line.trouble;
    return object;
}

}  // namespace quittance::api
