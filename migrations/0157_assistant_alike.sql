-- The open incident, or the first of many alike, that a run offered to link its ticket with, and what people said to that.
alter table assistant_run add column alike jsonb;
alter table assistant_run add column alike_said text check (alike_said in ('linked', 'refused'));
alter table assistant_run add column alike_said_at timestamptz;
create index assistant_run_alike on assistant_run (at) where alike is not null;
