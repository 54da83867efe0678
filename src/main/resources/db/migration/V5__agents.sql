-- Agents and the attempts given to them; what a key opens.

create table agent (
    id      text primary key,
    name    text not null,
    boot    text not null,
    slots   integer not null,
    gpus    integer not null,
    heard   timestamptz not null,
    seq     bigint not null default 0,
    leaving boolean not null default false
);

create table agent_job (
    key       text primary key,
    agent     text not null,
    affinity  text not null,
    folder    text not null,
    gpus      integer not null,
    submitted timestamptz not null,
    delivered boolean not null default false,
    ended     boolean not null default false,
    stop_ms   bigint,
    view      jsonb
);
create index agent_job_agent on agent_job (agent);

alter table api_key add column id text;
update api_key set id = 'key_' || left(sha256, 26);
alter table api_key alter column id set not null;
alter table api_key add constraint api_key_id unique (id);
alter table api_key add column scope text not null default 'all' check (scope in ('all', 'agent'));
