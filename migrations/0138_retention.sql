-- What goes by itself: the words of tickets that have been closed for long enough, by rules that a person turned on.
create table retention_rule (
  id bigint generated always as identity primary key,
  name text not null,
  -- Closed for so long.
  days integer not null check (days between 1 and 36500),
  -- Of these categories and those below them; empty: of any.
  category_ids bigint[] not null default '{}',
  -- With one of these tags; empty: with any or none.
  tags text[] not null default '{}',
  is_on boolean not null default false,
  -- What it did since the audit log last said so.
  unsaid integer not null default 0,
  created_at timestamptz not null,
  archived_at timestamptz
);

-- What was said on these is gone; a ticket that came back to life and was closed again is due again.
create table retention_done (
  ticket_id bigint primary key,
  rule_id bigint not null references retention_rule,
  at timestamptz not null
);
create index retention_done_by_rule on retention_done (rule_id, at desc);
create index ticket_by_closing on ticket (closed_at) where status = 'closed';
