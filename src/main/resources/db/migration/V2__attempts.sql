-- Attempts: one row each, every event once; an end is written once, by the statement that checks that none was.

create table attempt (
    key         text primary key,
    n           integer not null,
    affinity    text not null,
    token_hash  text not null,
    state       text not null,
    incarnation integer not null default 0,
    nonce       text,
    restarts    integer not null default 0,
    engine_id   text,
    intended    timestamptz not null,
    claimed     timestamptz,
    started     timestamptz,
    heard       timestamptz not null,
    ending      jsonb
);
create index attempt_open on attempt (intended) where ending is null;

create table attempt_event (
    attempt     text not null references attempt (key),
    incarnation integer not null,
    seq         bigint not null,
    event       jsonb not null,
    at          timestamptz not null,
    primary key (attempt, incarnation, seq)
);
