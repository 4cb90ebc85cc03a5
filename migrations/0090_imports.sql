-- What came from elsewhere: each run, and what it brought under which name. A second run finds what the first has told.
create table import (
  id bigint generated always as identity primary key,
  -- Where it comes from, such as zendesk:HOST; runs of one source follow each other.
  source text not null,
  kind text not null,
  state text not null check (state in ('waiting', 'running', 'paused', 'done', 'failed', 'undoing', 'undone')),
  -- What is asked for, without credentials: address or folder, mapping, whether it only looks.
  options jsonb not null default '{}',
  -- How far it has come: what is read again after a crash begins there.
  position jsonb,
  -- By kind: seen, created, updated, unchanged, skipped, failed.
  counts jsonb not null default '{}',
  -- Reasons with their number and a sample each.
  problems jsonb not null default '[]',
  complete boolean not null default false,
  -- Ids of another Docket are moved by so much, each space by itself.
  moved_by jsonb,
  -- Address and key of the source, closed; gone when the run has ended.
  sealed text,
  created_at timestamptz not null,
  ended_at timestamptz,
  agent_id bigint
);
create index import_by_source on import (source, id desc);

create table import_ref (
  source text not null,
  kind text not null,
  source_id text not null,
  local_id bigint not null,
  -- What was told when; the same again changes nothing.
  version text not null,
  -- A ticket's messages and changes that were told, by their names there, and its seq then.
  told text[] not null default '{}',
  seq integer,
  -- As people there say it, such as ZD-4711.
  label text,
  -- Whether the import made it: an undo takes only those back.
  made boolean not null,
  import_id bigint not null references import,
  primary key (source, kind, source_id)
);
create index import_ref_by_import on import_ref (import_id, kind, local_id);
create index import_ref_by_local on import_ref (kind, local_id);
create index import_ref_by_label on import_ref (lower(label)) where label is not null;

-- Ids that are kept in a move must not be drawn a second time.
do $$
begin
  if exists (select from pg_roles where rolname = 'docket_app') then
    grant update on all sequences in schema public to docket_app;
    alter default privileges in schema public grant update on sequences to docket_app;
  end if;
end $$;
