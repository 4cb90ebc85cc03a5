-- Files that are to be imported: compressed, and only as long as they are needed.
create table import_file (
  id bigint generated always as identity primary key,
  name text not null,
  bytes bytea not null,
  created_at timestamptz not null
);
create index import_file_by_age on import_file (created_at);

-- Each record of a run that did not come as it was, for the list that people mend their source by.
create table import_problem (
  id bigint generated always as identity primary key,
  import_id bigint not null references import,
  kind text not null,
  source_id text not null,
  place text,
  outcome text not null,
  reason text not null
);
create index import_problem_by_import on import_problem (import_id, id);
