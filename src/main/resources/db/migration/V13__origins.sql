-- Where data came from that were fetched: the reference, what it meant then, and its version there.

alter table dataset add column source text;
alter table dataset add column resolved text;
alter table dataset add column revision text;
