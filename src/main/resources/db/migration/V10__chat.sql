-- Which message of a conversation made which run, for a day: the same message again makes no other.

create table chat_repeat (
    owner   text not null,
    -- An Idempotency-Key, or the digest of all that was sent.
    key     text not null,
    content text not null,
    -- Drawn before the run is made: a message that was torn off makes the same run again.
    run     text not null,
    at      timestamptz not null,
    primary key (owner, key)
);
create index chat_repeat_at on chat_repeat (at);

-- Answers of /v1/responses: each tells of a run, and where the run stands is the run's to say.

create table chat_response (
    id         text primary key,
    owner      text not null,
    at         timestamptz not null,
    -- What was asked, what was said at once, and of which run is told.
    content    jsonb not null
);
create index chat_response_owner on chat_response (owner, id desc);
create index chat_response_at on chat_response (at);
