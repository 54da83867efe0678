-- Which service leads: one row. The term is its key, so that a renewal (no key changes) never waits for those who hold the term, and a takeover does.

create table leader (
    term   bigint primary key,
    holder text not null,
    url    text not null,
    until  timestamptz not null,
    one    boolean not null default true unique check (one)
);
insert into leader (term, holder, url, until) values (0, '', '', '-infinity');
