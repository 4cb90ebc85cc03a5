-- Boards of reports that are kept under a name, and mailed at their hour.

create table saved_report (
  id bigint generated always as identity primary key,
  name text not null,
  -- Who sees it: its owner, a team, everybody.
  scope text not null check (scope in ('personal', 'team', 'shared')),
  owner_id bigint not null references agent,
  team_id bigint references team,
  board text not null,
  -- What the board is set to, in relative words.
  state jsonb not null,
  -- Which tickets count, as a tree: it names teams and agents by id and survives their renaming.
  cond jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint team_reports_have_a_team check ((scope = 'team') = (team_id is not null))
);
create index saved_report_by_owner on saved_report (owner_id);

create table report_schedule (
  report_id bigint primary key references saved_report on delete cascade,
  every text not null check (every in ('day', 'weekday', 'week', 'month')),
  -- Of a week 1 for Monday to 7, of a month 1 to 31, or its last day where it is shorter.
  on_day smallint not null,
  hour smallint not null check (hour between 0 and 23),
  zone text not null,
  recipient_ids bigint[] not null,
  -- Whether the numbers come as a file too.
  attach boolean not null,
  -- For which moment it is mailed next, and when that is tried; none while it is paused.
  due_at timestamptz,
  try_at timestamptz,
  tries smallint not null default 0,
  paused text check (paused in ('hand', 'unread', 'failed', 'nobody', 'owner_left')),
  -- What went wrong at the last try, in words.
  problem text,
  sent_at timestamptz,
  -- When somebody last opened the report, or let its mails go on.
  opened_at timestamptz not null,
  constraint paused_or_due check ((paused is null) = (due_at is not null) and (paused is null) = (try_at is not null))
);
create index report_schedule_due on report_schedule (try_at) where try_at is not null;

-- What a mail of a report says: for its reader alone, as it was when it was due. Whoever looks at the outbox is not shown it.
create table report_mail (
  id bigint generated always as identity primary key,
  body_text text not null,
  body_html text not null,
  file_name text,
  file text,
  created_at timestamptz not null
);
create index report_mail_by_age on report_mail (created_at);

alter table outbox
  drop constraint outbox_kind_check,
  add constraint outbox_kind_check
    check (kind in ('reply', 'acknowledgement', 'resolved', 'notification', 'alert', 'sign_in', 'survey', 'report')) not valid;
