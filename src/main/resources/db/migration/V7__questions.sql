-- What runs ask and what was answered; what they were given on top of their budgets; what is known of data sets.

create table run_question (
    run      text not null references run (id),
    number   bigint not null,
    id       text not null,
    question jsonb not null,
    answer   text,
    primary key (run, id)
);

alter table run add column extra_trials bigint not null default 0;
alter table run add column extra_seconds double precision not null default 0;

create table dataset_profile (
    dataset text primary key references dataset (id),
    profile jsonb not null
);
create index dataset_same on dataset (owner, sha256);
