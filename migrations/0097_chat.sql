-- Chat on pages elsewhere: widgets, who visits through them, and which tickets are chats of whom. What is said stands in messages.
create table widget (
  id bigint generated always as identity primary key,
  -- Stands in the tag, for everybody to read.
  key text not null unique,
  name text not null,
  brand_id bigint not null references brand,
  team_id bigint,
  -- `always` or a calendar's number; null: the hours of the brand.
  calendar_id text,
  -- Null: the brand's.
  color text,
  greeting text not null default '',
  -- The pages that may show it: origins as browsers write them. With none, no page may.
  origins text[] not null default '{}' check (cardinality(origins) <= 20),
  -- Whether a chat keeps the page that it began on, and where the visitor came from.
  notes_page boolean not null default false,
  -- 0: never.
  ask_after_seconds integer not null default 300 check (ask_after_seconds >= 0),
  resolve_after_seconds integer not null default 900 check (resolve_after_seconds >= 0),
  archived_at timestamptz
);

-- By what the company's site shows who its visitor is; two, so that one can take over from the other.
create table widget_key (
  id bigint generated always as identity primary key,
  widget_id bigint not null references widget,
  algorithm text not null check (algorithm in ('HS256', 'RS256', 'EdDSA')),
  -- A secret, sealed, or a public key in the open.
  key_id text,
  sealed bytea,
  public_key text,
  created_at timestamptz not null,
  constraint secret_or_public check ((sealed is null) = (public_key is not null))
);
create index widget_key_by_widget on widget_key (widget_id);

-- Why the word of a site was not believed: the newest of each widget are kept.
create table identity_refusal (
  id bigint generated always as identity primary key,
  widget_id bigint not null references widget,
  at timestamptz not null,
  reason text not null,
  origin text
);
create index identity_refusal_by_widget on identity_refusal (widget_id, id desc);

create table visitor (
  id bigint generated always as identity primary key,
  widget_id bigint not null references widget,
  token_hash bytea not null unique,
  kind text not null check (kind in ('anonymous', 'claimed', 'verified')),
  -- Who they are at the company's site.
  subject text,
  -- Once they have written.
  person_id bigint references person,
  name text not null default '',
  -- Believed only of a verified one.
  email text,
  language text,
  time_zone text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  -- They were seen to leave, and have not come back.
  has_left boolean not null default false,
  ended_at timestamptz,
  constraint verified_has_address check (kind <> 'verified' or (email is not null and person_id is not null))
);
create index visitor_by_person on visitor (person_id) where person_id is not null;
create index visitor_by_sight on visitor (seen_at) where person_id is null;

create table chat (
  ticket_id bigint primary key,
  visitor_id bigint not null references visitor,
  begun_at timestamptz not null,
  page text,
  referrer text,
  -- How far the visitor has read, in the widget and by mail.
  read_seq integer not null default 0,
  mailed_seq integer not null default 0,
  -- When a visitor who fell silent was asked whether they are still there.
  asked_at timestamptz,
  due_at timestamptz
);
create index chat_by_visitor on chat (visitor_id, ticket_id);
create index chat_due_at on chat (due_at) where due_at is not null;

-- Chats in which the desk has said something.
create table chat_due (
  ticket_id bigint primary key
);

-- What the browser called a message: a second try is the same message.
create table chat_message (
  visitor_id bigint not null references visitor,
  client_id uuid not null,
  message_id bigint not null,
  at timestamptz not null,
  primary key (visitor_id, client_id)
);
create index chat_message_by_message on chat_message (message_id);

-- A mail that carries what was said in a chat after this place, up to its message.
alter table outbox add column since_seq integer;
