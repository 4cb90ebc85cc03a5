-- Two names for one thing become one: the other stays as an alias, and what pointed at it is kept so that all can be taken back.
alter table category add column merged_into bigint references category;
-- What belongs there, and tickets that show it.
alter table category add column definition text not null default '', add column examples bigint[] not null default '{}';

create table taxonomy_merge (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('category', 'tag')),
  from_id bigint not null,
  into_id bigint not null,
  -- What of the setup was rewritten: [{ kind, id, before, after }].
  swaps jsonb not null,
  job_id bigint not null references bulk_job,
  at timestamptz not null,
  undone_at timestamptz
);
create unique index taxonomy_merge_standing on taxonomy_merge (kind, from_id) where undone_at is null;
