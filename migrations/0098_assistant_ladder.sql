-- The assistant earns its freedom: what people say of answers, each for themselves; steps of the ladder as versions of the
-- configuration; and which version was at work where reports count something of the assistant's.

-- Of a run of the assistant's, or of an answer that a person wrote: both are shown alike.
create table assistant_verdict (
  id bigint generated always as identity primary key,
  run_id bigint references assistant_run,
  message_id bigint,
  person_id bigint not null,
  verdict text not null check (verdict in ('correct', 'incomplete', 'wrong', 'harmful')),
  note text not null default '',
  at timestamptz not null,
  -- Said without being told whose words they are.
  is_blind boolean not null,
  check ((run_id is null) <> (message_id is null))
);
create unique index assistant_verdict_of_run on assistant_verdict (run_id, person_id) where run_id is not null;
create unique index assistant_verdict_of_message on assistant_verdict (message_id, person_id) where message_id is not null;
insert into assistant_verdict (run_id, person_id, verdict, note, at, is_blind)
  select id, verdict_by, verdict, coalesce(verdict_note, ''), verdict_at, false from assistant_run where verdict is not null;
alter table assistant_run drop column verdict, drop column verdict_by, drop column verdict_at, drop column verdict_note;

-- Nobody: the desk itself took a step down.
alter table assistant_config alter column created_by drop not null;
-- [{ brandId, channel, categoryId, from, to, why }]: places that went up or down with this version.
alter table assistant_config add column steps jsonb not null default '[]';

alter table report_fact add column config_version integer;
-- What it did before is told from the logs.
insert into report_fill (created_at) select now() where exists (select from assistant_run);
