-- What was answered under an Idempotency-Key, for a day: the same request again gets the same answer.

create table kept_answer (
    owner   text not null,
    key     text not null,
    -- Of the call and its body.
    request text not null,
    -- What the ids of all that the call makes are built from: a call that was torn off makes the same things again.
    draw    text not null,
    at      timestamptz not null,
    -- Absent while the call is under way, and of a call that was torn off.
    status  integer,
    headers jsonb,
    body    text,
    primary key (owner, key)
);
create index kept_answer_at on kept_answer (at);
