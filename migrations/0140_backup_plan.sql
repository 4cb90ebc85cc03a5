-- Backups that the desk makes by itself: one plan, and what came of each run.
create table backup_plan (
  id boolean primary key default true check (id),
  is_on boolean not null default false,
  -- By the wall clock of the desk.
  hour integer not null default 3 check (hour between 0 and 23),
  -- 1 is Monday; null: every day.
  weekday integer check (weekday between 1 and 7),
  -- A folder or s3://bucket/prefix; '' until somebody names one.
  place text not null default '',
  keep integer not null default 7 check (keep between 1 and 365),
  -- Each is read back whole before older ones go.
  checks boolean not null default true,
  -- Moments up to this one are dealt with.
  since timestamptz not null default now(),
  -- When it was last turned on: from then on one is missed.
  on_since timestamptz,
  -- After a failure, before its next moment.
  retry_at timestamptz,
  -- Somebody wants one now.
  asked_at timestamptz,
  asked_by bigint references person
);
insert into backup_plan default values;

create table backup_run (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- Null: by the plan.
  asked_by bigint references person,
  place text not null,
  checked boolean not null,
  outcome text not null default 'running' check (outcome in ('running', 'done', 'failed', 'interrupted')),
  -- What is written or read at this moment, and how far that is.
  step text,
  done integer,
  total integer,
  -- Written by this run: tables, and files that were not there yet.
  bytes bigint,
  files integer,
  copied integer,
  -- Files of the desk that are damaged or missing, and so are in no backup.
  lost integer,
  failure text check (failure in ('denied', 'full', 'gone', 'store', 'damaged', 'other')),
  detail text
);
create index backup_run_good on backup_run (ended_at desc) where outcome = 'done';
