-- Whose an object is; what a key opens. Objects of earlier versions are the operator's.

alter table run add column owner text not null default '';
create index run_owner on run (owner, id desc);

alter table dataset add column owner text not null default '';
create index dataset_owner on dataset (owner, id desc);

alter table api_key drop constraint api_key_scope_check;
update api_key set scope = 'admin' where scope = 'all';
alter table api_key alter column scope set default 'admin';
alter table api_key add constraint api_key_scope_check check (scope in ('read', 'run', 'admin', 'agent'));
-- A key may open what another key made: its owner is that key's.
alter table api_key add column owner text not null default '';
