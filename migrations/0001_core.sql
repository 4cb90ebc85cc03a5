-- The core: people, tickets with their log, messages, what came in, what goes out, what is due.

-- The role the application works as. It may append to the log and nothing else; a trigger says the same to every role.
do $$
begin
  if not exists (select from pg_roles where rolname = 'docket_app') then create role docket_app nologin; end if;
  execute format('grant docket_app to %I', current_user);
exception when insufficient_privilege or duplicate_object then
  raise notice 'role docket_app was not created: the trigger on ticket_event guards the log alone';
end $$;

create extension if not exists pg_trgm;

-- Settings and audit -------------------------------------------------------------------------------------------------

create table desk_setting (
  version bigint generated always as identity primary key,
  value jsonb not null,
  at timestamptz not null,
  agent_id bigint
);

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_type text not null,
  actor_id bigint,
  action text not null,
  thing text not null,
  thing_id bigint,
  thing_name text,
  changes jsonb not null default '[]'
);

-- People -------------------------------------------------------------------------------------------------------------

create table organization (
  id bigint generated always as identity primary key,
  name text not null unique,
  created_at timestamptz not null default now()
);

create table person (
  id bigint generated always as identity primary key,
  name text not null default '',
  email text unique,
  organization_id bigint references organization,
  language text,
  time_zone text,
  phone text,
  notes text,
  created_at timestamptz not null default now(),
  constraint email_is_canonical check (email = lower(email))
);
create index person_search on person using gin ((name || ' ' || coalesce(email, '')) gin_trgm_ops);

create table agent (
  person_id bigint primary key references person,
  role text not null check (role in ('admin', 'lead', 'agent', 'viewer')),
  sees text not null default 'all' check (sees in ('all', 'own_teams')),
  password_hash text,
  away boolean not null default false,
  send_delay_seconds integer not null default 10 check (send_delay_seconds between 0 and 120),
  created_at timestamptz not null default now(),
  deactivated_at timestamptz
);

create table team (
  id bigint generated always as identity primary key,
  name text not null unique,
  archived_at timestamptz
);

create table team_member (
  team_id bigint not null references team,
  agent_id bigint not null references agent,
  primary key (team_id, agent_id)
);
create index team_member_by_agent on team_member (agent_id);

create table session (
  token_hash bytea primary key,
  agent_id bigint not null references agent,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_agent on session (agent_id);

create table api_token (
  id bigint generated always as identity primary key,
  name text not null,
  secret_hash bytea not null unique,
  agent_id bigint not null references agent,
  scopes text[] not null,
  created_at timestamptz not null,
  used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

-- Single-use secrets: the first administrator's link, invitations.
create table one_time_token (
  token_hash bytea primary key,
  purpose text not null,
  agent_id bigint references agent,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- What a ticket can carry --------------------------------------------------------------------------------------------

create table category (
  id bigint generated always as identity primary key,
  parent_id bigint references category,
  name text not null,
  path text not null unique,
  archived_at timestamptz
);

create table tag (
  id bigint generated always as identity primary key,
  name text not null unique,
  archived_at timestamptz
);

create table field (
  id bigint generated always as identity primary key,
  key text not null unique check (key ~ '^[a-z][a-zA-Z0-9_]{0,59}$'),
  label text not null,
  type text not null
    check (type in ('text', 'long_text', 'number', 'checkbox', 'date', 'select', 'multi_select', 'url')),
  options jsonb not null default '[]',
  help text,
  required_on_resolve boolean not null default false,
  personal boolean not null default false,
  archived_at timestamptz
);

create table brand (
  id bigint generated always as identity primary key,
  name text not null unique
);

create table mailbox (
  id bigint generated always as identity primary key,
  address text not null unique check (address = lower(address)),
  name text not null,
  brand_id bigint not null references brand,
  team_id bigint references team,
  signature text not null default '',
  is_default boolean not null default false,
  archived_at timestamptz
);
create unique index mailbox_default on mailbox (is_default) where is_default;

-- Tickets ------------------------------------------------------------------------------------------------------------

create sequence ticket_id_seq;
-- Message, subject and value ids are taken in blocks, so that one statement can write a ticket and all that hangs on it.
create sequence content_id_seq increment by 64;

-- The row is the fold of the log: `state` whole, the columns what lists filter and sort by.
create table ticket (
  id bigint primary key,
  seq integer not null,
  state jsonb not null,
  status text not null,
  priority text not null,
  subject text not null,
  requester_id bigint not null references person,
  assignee_id bigint,
  team_id bigint,
  category_id bigint,
  tags text[] not null,
  channel text not null,
  -- Spam, deleted and merged tickets are in no list unless asked for.
  hidden_as text check (hidden_as in ('spam', 'deleted', 'merged')),
  hidden boolean not null generated always as (hidden_as is not null) stored,
  last_message_seq integer not null,
  snoozed_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  resolved_at timestamptz,
  closed_at timestamptz
) with (fillfactor = 85);
create index ticket_by_status on ticket (status, updated_at desc, id desc) where not hidden;
create index ticket_by_update on ticket (updated_at desc, id desc) where not hidden;
create index ticket_by_assignee on ticket (assignee_id, status, updated_at desc, id desc) where not hidden;
create index ticket_by_team on ticket (team_id, status, updated_at desc, id desc) where not hidden;
create index ticket_by_priority on ticket (array_position(array['urgent', 'high', 'normal', 'low'], priority), id)
  where not hidden;
create index ticket_by_requester on ticket (requester_id, id desc);
create index ticket_by_category on ticket (category_id, updated_at desc) where not hidden and category_id is not null;
create index ticket_by_tag on ticket using gin (tags) where tags <> '{}';

-- Append-only. Bodies, names and personal values live elsewhere and are named by id.
create table ticket_event (
  id bigint generated by default as identity,
  ticket_id bigint not null,
  seq integer not null,
  update_id bigint not null,
  at timestamptz not null,
  actor_type text not null,
  actor_id bigint,
  actor_version text,
  cause_event_id bigint,
  kind text not null,
  kind_version smallint not null default 1,
  payload jsonb not null,
  primary key (ticket_id, seq)
);
create unique index ticket_event_id on ticket_event (id);

create function refuse_change_of_log() returns trigger language plpgsql as $$
begin
  raise exception 'ticket_event is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger log_is_append_only before update or delete or truncate on ticket_event
  for each statement execute function refuse_change_of_log();

create table subject_revision (
  id bigint primary key,
  ticket_id bigint not null,
  text text not null
);

create table field_value (
  id bigint primary key,
  ticket_id bigint not null,
  field_id bigint not null,
  value jsonb
);

create table message (
  id bigint primary key,
  ticket_id bigint not null,
  kind text not null check (kind in ('reply', 'note')),
  direction text not null check (direction in ('inbound', 'outbound', 'internal')),
  author_id bigint,
  author_type text not null,
  channel text not null,
  at timestamptz not null,
  body_text text not null,
  body_html text,
  quoted_text text,
  -- The addresses as they stood when the message came or was sent: { to: [], cc: [] }.
  recipients jsonb not null default '{"to": [], "cc": []}',
  side_conversation_id bigint,
  rfc_message_id text,
  rfc_references text[] not null default '{}',
  raw_mail_id bigint,
  redacted_at timestamptz,
  -- Taken back before it left: an undone update shows no message.
  voided_at timestamptz,
  constraint notes_stay_inside check (kind <> 'note' or direction = 'internal')
);
create index message_by_ticket on message (ticket_id, id);
create index message_by_rfc_id on message (rfc_message_id) where rfc_message_id is not null;
create unique index message_by_raw_mail on message (raw_mail_id) where raw_mail_id is not null;

create table attachment (
  id bigint generated by default as identity primary key,
  message_id bigint,
  sha256 text not null,
  name text not null,
  type text not null,
  size integer not null,
  content_id text,
  inline boolean not null default false,
  uploaded_by bigint,
  created_at timestamptz not null default now()
);
create index attachment_by_message on attachment (message_id) where message_id is not null;

create table draft (
  ticket_id bigint not null,
  agent_id bigint not null,
  mode text not null check (mode in ('reply', 'note')),
  body text not null,
  cc jsonb,
  attachments bigint[] not null default '{}',
  updated_at timestamptz not null,
  primary key (ticket_id, agent_id, mode)
);

create table ticket_read (
  ticket_id bigint not null,
  agent_id bigint not null,
  seq integer not null,
  primary key (ticket_id, agent_id)
);

-- What is searched: rebuilt from the ticket by a reaction, never the truth.
create table search_document (
  ticket_id bigint primary key,
  words tsvector not null
);
create index search_document_words on search_document using gin (words);

-- In, out, due ------------------------------------------------------------------------------------------------------

-- Every mail as it came, kept for good; `waiting` rows are the queue of mail to read.
create table raw_mail (
  id bigint generated always as identity primary key,
  dedupe_key text not null unique,
  received_at timestamptz not null,
  source text not null,
  mailbox_id bigint,
  envelope jsonb not null,
  bytes bytea not null,
  state text not null check (state in ('waiting', 'done', 'quarantined')),
  attempts integer not null default 0,
  next_try_at timestamptz not null,
  outcome jsonb
);
create index raw_mail_waiting on raw_mail (next_try_at) where state = 'waiting';
alter table raw_mail alter column bytes set storage external;

create table quarantine (
  id bigint generated always as identity primary key,
  raw_mail_id bigint not null unique references raw_mail,
  reasons text[] not null,
  detail text not null default '',
  sender text,
  subject text,
  ticket_id bigint,
  held_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'held' check (state in ('held', 'recovered', 'discarded', 'expired')),
  settled_at timestamptz,
  settled_by bigint
);
create index quarantine_held on quarantine (id desc) where state = 'held';

-- Every effect outside the house, written in the transaction that caused it.
create table outbox (
  id bigint generated always as identity primary key,
  key text not null unique,
  kind text not null check (kind in ('reply', 'acknowledgement', 'resolved', 'notification')),
  ticket_id bigint not null,
  update_id bigint not null,
  message_id bigint,
  mailbox_id bigint,
  recipients jsonb not null,
  to_email text not null,
  rfc_message_id text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled')),
  send_at timestamptz not null,
  attempts integer not null default 0,
  claim uuid,
  claimed_until timestamptz,
  response text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index outbox_due on outbox (send_at) where state in ('queued', 'sending');
-- The budget of automatic mail per address reads this.
create index outbox_automatic on outbox (to_email, created_at) where kind <> 'reply';
create index outbox_by_rfc_id on outbox (rfc_message_id);
create index outbox_by_message on outbox (message_id) where message_id is not null;
create index outbox_by_ticket on outbox (ticket_id, id);
create index outbox_by_state on outbox (state, id desc);

-- Due moments of tickets; recomputed by every update.
create table timer (
  ticket_id bigint not null,
  kind text not null,
  due_at timestamptz not null,
  primary key (ticket_id, kind)
);
create index timer_due on timer (due_at);

-- How far each reactor has come on each ticket that has something new.
create table reaction_due (
  ticket_id bigint primary key
);
create table reaction_done (
  ticket_id bigint not null,
  reactor text not null,
  seq integer not null,
  primary key (ticket_id, reactor)
);

create table idempotency (
  principal text not null,
  key text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null,
  primary key (principal, key)
);
create index idempotency_age on idempotency (created_at);

-- Rights of the application's role ----------------------------------------------------------------------------------

do $$
begin
  if exists (select from pg_roles where rolname = 'docket_app') then
    grant usage on schema public to docket_app;
    grant select, insert, update, delete on all tables in schema public to docket_app;
    grant usage, select on all sequences in schema public to docket_app;
    revoke update, delete, truncate on ticket_event from docket_app;
    revoke all on schema_migration from docket_app;
    grant select on schema_migration to docket_app;
    alter default privileges in schema public grant select, insert, update, delete on tables to docket_app;
    alter default privileges in schema public grant usage, select on sequences to docket_app;
  end if;
end $$;

insert into brand (name) values ('Docket');
