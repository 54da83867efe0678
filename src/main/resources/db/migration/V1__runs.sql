-- Runs, their events and the kept output of their steps; trials; data sets; sealed tests opened; keys.

create table run (
    id         text primary key,
    request    jsonb not null,
    status     text not null,
    seed       bigint not null,
    accepted   timestamptz not null,
    ended      timestamptz,
    failure    jsonb,
    last_event bigint not null default 0,
    check ((ended is not null) = (status in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'BUDGET_EXHAUSTED')))
);
create index run_accepted on run (accepted desc, id desc);
create index run_open on run (accepted) where ended is null;

create table run_event (
    run  text not null references run (id),
    seq  bigint not null,
    at   timestamptz not null,
    type text not null,
    data jsonb not null,
    primary key (run, seq)
);

create table run_step (
    run    text not null references run (id),
    step   text not null,
    output jsonb not null,
    primary key (run, step)
);

create table trial (
    run      text not null references run (id),
    number   integer not null,
    proposal jsonb not null,
    state    jsonb not null,
    curve    jsonb not null,
    terminal boolean not null,
    proposed timestamptz not null,
    ended    timestamptz,
    primary key (run, number)
);

create table dataset (
    id     text primary key,
    name   text not null,
    format text not null,
    sha256 text not null,
    bytes  bigint not null,
    added  timestamptz not null default now()
);

create table opening (
    run    text primary key references run (id),
    data   text not null,
    rule   text not null,
    number integer not null,
    at     timestamptz not null,
    frozen jsonb not null,
    unique (data, rule, number)
);

create table api_key (
    sha256 text primary key,
    label  text not null,
    made   timestamptz not null default now()
);
