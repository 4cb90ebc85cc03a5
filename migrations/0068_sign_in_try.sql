-- Wrong passwords, counted by account, address, device and for the whole desk: a bucket that fills by each and runs dry by itself.
create table sign_in_try (
  bucket text primary key,
  level double precision not null,
  -- Whether the last try found it full, and was not counted.
  full_then boolean not null,
  at timestamptz not null
);
create index sign_in_try_by_time on sign_in_try (at);
