-- Until when a key opens, and how much may be asked for with it; null is what the service is set to.

alter table api_key add column expires timestamptz;
alter table api_key add column requests_per_minute integer check (requests_per_minute > 0);
alter table api_key add column concurrent_runs integer check (concurrent_runs >= 0);
alter table api_key add column queued_runs integer check (queued_runs >= 0);
alter table api_key add column upload_bytes_per_day bigint check (upload_bytes_per_day >= 0);
alter table api_key add column tokens_per_day bigint check (tokens_per_day >= 0);

create table key_usage (
    owner text not null,
    day date not null,
    kind text not null,
    amount bigint not null,
    primary key (owner, day, kind)
);
