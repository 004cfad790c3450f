-- How the database looks now. Migrations say how it got there; a test proves that both agree, on
-- SQLite and on PostgreSQL (store/dialect rewrites the few words in which they differ).
--
-- Every table of an account has account_id first in its keys. The exceptions are people, sessions,
-- key wraps, public tokens, slugs and due queues. Ids are 16-byte UUIDs, moments are milliseconds
-- since 1970 UTC, days are days since 1970, `sealed` is a blob that only keys/ can open.

CREATE TABLE installation (
    one BIGINT PRIMARY KEY,
    id BYTEA NOT NULL,
    key_check BYTEA NOT NULL,  -- proves that the key file belongs to this database
    created_at BIGINT NOT NULL,
    CONSTRAINT there_is_one_installation CHECK (one = 1)
);

-- Data keys of requests and accounts, each wrapped under an epoch key of the key file.
-- Deleting a row here is what makes everything sealed with it unreadable.
CREATE TABLE key_wraps (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    wrapped BYTEA NOT NULL
); -- clustered

CREATE TABLE accounts (
    id BYTEA PRIMARY KEY,
    key_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE settings (
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    area TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by BYTEA,
    PRIMARY KEY (account_id, area)
);

CREATE TABLE people (
    id BYTEA PRIMARY KEY,
    email_hash BYTEA NOT NULL UNIQUE,
    password_hash TEXT,
    created_at BIGINT NOT NULL
);

-- An agent is a person's membership of one account.
CREATE TABLE agents (
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL REFERENCES people (id),
    role TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    archived_at BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT a_person_is_an_agent_once_per_account UNIQUE (account_id, person_id),
    CONSTRAINT the_role_is_known CHECK (role IN ('owner', 'agent', 'technician', 'auditor'))
);
CREATE INDEX agents_of_a_person ON agents (person_id);

CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY,
    id BYTEA NOT NULL UNIQUE,
    person_id BYTEA NOT NULL REFERENCES people (id),
    account_id BYTEA NOT NULL,
    agent_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    proof_at BIGINT NOT NULL,
    FOREIGN KEY (account_id, agent_id) REFERENCES agents (account_id, id)
);
CREATE INDEX sessions_of_a_person ON sessions (person_id);

CREATE TABLE invitations (
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    id BYTEA NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    email_hash BYTEA NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    invited_by BYTEA,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    archived_at BIGINT,
    PRIMARY KEY (account_id, id),
    CONSTRAINT the_invited_role_is_known CHECK (role IN ('owner', 'agent', 'technician', 'auditor')),
    CONSTRAINT an_accepted_invitation_is_not_archived CHECK (accepted_at IS NULL OR archived_at IS NULL)
);

CREATE TABLE password_resets (
    token_hash BYTEA PRIMARY KEY,
    person_id BYTEA NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX password_resets_of_a_person ON password_resets (person_id);

CREATE TABLE api_keys (
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    scopes TEXT COLLATE "C" NOT NULL,
    created_by BYTEA,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    archived_at BIGINT,
    PRIMARY KEY (account_id, id)
);

-- How often something was tried (sign-ins by address and by network), in windows.
CREATE TABLE tries (
    subject BYTEA PRIMARY KEY,
    since BIGINT NOT NULL,
    count BIGINT NOT NULL
);

CREATE TABLE idempotency_keys (
    account_id BYTEA NOT NULL,
    principal BYTEA NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    route TEXT COLLATE "C" NOT NULL,
    body_digest BYTEA NOT NULL,
    status BIGINT NOT NULL,
    resource BYTEA,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, principal, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE privacy_centres (
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE slugs (
    slug TEXT COLLATE "C" PRIMARY KEY,
    account_id BYTEA NOT NULL,
    centre_id BYTEA NOT NULL,
    FOREIGN KEY (account_id, centre_id) REFERENCES privacy_centres (account_id, id)
);

CREATE TABLE templates (
    account_id BYTEA NOT NULL REFERENCES accounts (id),
    id BYTEA NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    occasion TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE requests (
    account_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    region TEXT COLLATE "C",
    language TEXT COLLATE "C" NOT NULL,
    centre_id BYTEA,
    received_on BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    due_law TEXT COLLATE "C",
    due_rule TEXT COLLATE "C" NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    proof TEXT COLLATE "C" NOT NULL,
    parked BIGINT NOT NULL,  -- 1 while a proof is awaited that the requester must give first: not in the default list
    decision TEXT COLLATE "C",
    ground TEXT COLLATE "C",
    assignee_id BYTEA,
    email_hash BYTEA,
    key_id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (account_id, id),
    CONSTRAINT a_reference_is_used_once_per_account UNIQUE (account_id, reference),
    CONSTRAINT the_stage_is_known CHECK (stage IN ('review', 'process', 'reply', 'closed')),
    CONSTRAINT the_proof_is_known CHECK (proof IN ('not_needed', 'missing', 'awaited', 'given')),
    CONSTRAINT parked_means_proof_awaited CHECK (parked = 0 OR (parked = 1 AND proof = 'awaited' AND stage <> 'closed')),
    CONSTRAINT closed_means_decided CHECK ((stage = 'closed') = (closed_at IS NOT NULL) AND (stage <> 'closed' OR decision IS NOT NULL))
);
CREATE INDEX requests_by_due ON requests (account_id, stage, parked, due_on, id);
CREATE INDEX requests_by_received ON requests (account_id, stage, parked, received_on, id);
CREATE INDEX requests_by_updated ON requests (account_id, stage, parked, updated_at, id);
CREATE INDEX requests_by_email ON requests (account_id, email_hash, id) WHERE email_hash IS NOT NULL;
CREATE INDEX requests_by_assignee ON requests (account_id, assignee_id, due_on, id) WHERE assignee_id IS NOT NULL;
-- A due queue: what the expiry round looks at, across accounts.
CREATE INDEX requests_awaiting_proof ON requests (received_at) WHERE parked = 1;

-- A stage is left once, says the database.
CREATE TABLE stage_exits (
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    agent_id BYTEA,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, request_id, stage),
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id)
);

CREATE TABLE verifications (
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    agent_id BYTEA,
    sealed BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, request_id, id),
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id)
);

CREATE TABLE identifiers (
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    proof TEXT COLLATE "C" NOT NULL,
    agent_id BYTEA,
    sealed BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, request_id, id),
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id),
    CONSTRAINT the_proof_of_an_identifier_is_known CHECK (proof IN ('claimed', 'attested', 'proven'))
);

-- Mailed proofs: a link and a code, good for ten minutes, once. Only digests are stored.
CREATE TABLE proofs (
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    code_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, request_id, id),
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id),
    CONSTRAINT the_purpose_of_a_proof_is_known CHECK (purpose IN ('confirm', 'own_page')),
    CONSTRAINT a_code_has_five_tries CHECK (tries <= 5)
);

-- Long-lived unguessable links that show nothing: the requester's own page, and the confirmation
-- link, which points at the proof it was mailed with.
CREATE TABLE addresses (
    token_hash BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    proof_id BYTEA,
    created_at BIGINT NOT NULL,
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id),
    CONSTRAINT the_purpose_of_an_address_is_known CHECK (purpose IN ('confirm', 'own_page')),
    CONSTRAINT a_confirmation_link_has_a_proof CHECK ((purpose = 'confirm') = (proof_id IS NOT NULL))
); -- clustered
CREATE INDEX addresses_of_a_request ON addresses (account_id, request_id);

CREATE TABLE requester_sessions (
    token_hash BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    ends_at BIGINT NOT NULL,
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id)
);

CREATE TABLE attestations (
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    agent_id BYTEA,
    statement TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    exceptions BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, request_id),
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id)
);

CREATE TABLE reply_drafts (
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    agent_id BYTEA,
    sealed BYTEA NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, request_id),
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id)
);

CREATE TABLE replies (
    account_id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    sent_by TEXT COLLATE "C" NOT NULL,
    letter_id BYTEA,
    template_id BYTEA,
    agent_id BYTEA,
    sealed BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, request_id, id),
    FOREIGN KEY (account_id, request_id) REFERENCES requests (account_id, id),
    CONSTRAINT a_reply_by_mail_has_a_letter CHECK ((sent_by = 'email') = (letter_id IS NOT NULL))
);

-- Mail to people, sealed. `owner_id` is opaque to mail/: for a request's letters it is the request.
CREATE TABLE letters (
    account_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    owner_id BYTEA,
    purpose TEXT COLLATE "C" NOT NULL,
    sealed BYTEA NOT NULL,
    cap_hash BYTEA,  -- set for letters that may go to one address only three times an hour
    state TEXT COLLATE "C" NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    leased_until BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    settled_at BIGINT,
    PRIMARY KEY (account_id, id),
    CONSTRAINT the_state_of_a_letter_is_known CHECK (state IN ('queued', 'sent', 'failed')),
    CONSTRAINT a_settled_letter_has_no_next_try CHECK ((state = 'queued') = (next_at IS NOT NULL) AND (state = 'queued') = (settled_at IS NULL))
);
-- The due queue of the mail round, across accounts.
CREATE INDEX letters_due ON letters (next_at, account_id, id) WHERE state = 'queued';
CREATE INDEX letters_of_an_owner ON letters (account_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX letters_capped ON letters (account_id, cap_hash, settled_at) WHERE cap_hash IS NOT NULL AND state = 'sent';
CREATE INDEX letters_troubled ON letters (account_id, state, id) WHERE state <> 'sent';

-- The ledger: one entry for every step, never changed. docs/ledger.md is its format.
CREATE TABLE entries (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    request_id BYTEA,
    event TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    agent_id BYTEA,
    key_id BYTEA,  -- the API key that acted, if one did
    door TEXT COLLATE "C" NOT NULL,
    commitment BYTEA NOT NULL,
    sealed BYTEA NOT NULL
);
CREATE INDEX entries_of_a_request ON entries (account_id, request_id, sequence);

-- How many requests stand where: deltas are appended, a round folds them.
CREATE TABLE count_deltas (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BYTEA NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    parked BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    delta BIGINT NOT NULL
);
CREATE INDEX count_deltas_of_an_account ON count_deltas (account_id);

CREATE TABLE counts (
    account_id BYTEA NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    parked BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (account_id, stage, parked, due_on)
); -- clustered
