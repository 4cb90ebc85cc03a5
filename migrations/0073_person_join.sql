-- Two people who turned out to be one: what was moved, so that it can be taken apart again.
create table person_join (
  id bigint generated always as identity primary key,
  kept_id bigint not null references person,
  gone_id bigint not null references person,
  at timestamptz not null,
  joined_by bigint not null references agent,
  -- Addresses, fields before and after, and which tickets changed hands: { addresses, goneEmail, before, after, stakes, conflictIds }.
  moved jsonb not null,
  undone_at timestamptz
);
create unique index person_join_standing on person_join (gone_id) where undone_at is null;
create index person_join_by_kept on person_join (kept_id) where undone_at is null;
