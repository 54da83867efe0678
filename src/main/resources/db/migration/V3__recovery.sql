-- Which backend an attempt was given to; how long a run was worked on, whatever the clocks said; an event that is appended twice counts once.

alter table attempt add column backend text not null default 'local';

alter table run add column worked_seconds double precision not null default 0;

alter table run_event add column draw text;
create unique index run_event_draw on run_event (run, draw);
