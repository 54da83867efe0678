-- Files of clients; batches of requests and their lines.

create table stored_file (
    id      text primary key,
    owner   text not null,
    name    text not null,
    purpose text not null,
    bytes   bigint not null,
    created timestamptz not null,
    expires timestamptz
);
create index stored_file_owner on stored_file (owner, id desc);
create index stored_file_expires on stored_file (expires) where expires is not null;

create table batch (
    id          text primary key,
    owner       text not null,
    endpoint    text not null,
    input       text not null,
    metadata    jsonb not null,
    keep_output bigint,
    cap         jsonb not null,
    status      text not null,
    errors      jsonb not null,
    total       integer not null default 0,
    completed   integer not null default 0,
    failed      integer not null default 0,
    output      text,
    error       text,
    created     timestamptz not null,
    expires     timestamptz not null,
    reached     jsonb not null
);
create index batch_owner on batch (owner, id desc);
create index batch_open on batch (created) where status in ('VALIDATING', 'IN_PROGRESS', 'FINALIZING', 'CANCELLING');

-- A line's run is stored before the run is made, so it refers to none.
create table batch_line (
    batch        text not null references batch (id),
    number       integer not null,
    custom_id    text not null,
    request      text not null,
    body         text not null,
    state        text not null,
    run          text unique,
    seconds      double precision not null default 0,
    trials       bigint,
    status       integer,
    answer       text,
    code         text,
    primary key (batch, number),
    unique (batch, custom_id)
);
create index batch_line_state on batch_line (batch, state, number);
