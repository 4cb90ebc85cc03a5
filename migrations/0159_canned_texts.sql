-- Canned texts: the folder that each lies in, what it says in other languages (language → HTML), and the files that go with it.
alter table macro
  add column folder text not null default '',
  add column texts jsonb not null default '{}';

create table macro_file (
  macro_id bigint not null references macro on delete cascade,
  sha256 text not null,
  name text not null,
  type text not null,
  size integer not null,
  -- The order in which they stand; null: it was taken off, and comes back with a restored version.
  place integer,
  primary key (macro_id, sha256)
);
create index macro_file_by_blob on macro_file (sha256);
create function note_unused_file() returns trigger language plpgsql as $$
begin
  insert into blob_unused (sha256) values (old.sha256) on conflict do nothing;
  return null;
end $$;
create trigger macro_file_leaves_blob after delete on macro_file for each row execute function note_unused_file();
