-- Mailboxes as managed things: how each sends and fetches, with credentials apart and sealed, how far its folder was read, and how
-- it is doing.

alter table mailbox
  add column from_name text not null default '',
  add column language text,
  add column cc_from_mail text not null default 'add' check (cc_from_mail in ('add', 'suggest', 'ignore')),
  add column trust_forwards boolean not null default false,
  add column paused boolean not null default false,
  add column alert_after_minutes integer not null default 15 check (alert_after_minutes between 1 and 10080),
  -- What to bring in of the mail that lies there when the mailbox is connected.
  add column import_history text not null default 'none' check (import_history in ('none', '30d', 'all')),
  -- Hosts, ports and names of users; null: mail comes by SMTP, and leaves by the desk's relay.
  add column imap jsonb,
  add column smtp jsonb,
  add column oauth jsonb,
  add column dkim jsonb,
  add column changed_at timestamptz not null default now();

-- Sealed with AES-256-GCM; `key_id` names the key, so that a new one can take over row by row.
create table mailbox_secret (
  mailbox_id bigint not null references mailbox,
  purpose text not null
    check (purpose in ('imap_password', 'smtp_password', 'oauth_client_secret', 'oauth_refresh_token', 'dkim_key')),
  key_id text not null,
  sealed bytea not null,
  primary key (mailbox_id, purpose)
);

-- How far a folder has been read: moved on in the transaction that stores the mail, never by flags.
create table mailbox_cursor (
  mailbox_id bigint not null references mailbox,
  folder text not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  -- Mail up to this UID lay there before the mailbox was connected: it is history and tells nobody.
  history_uid bigint not null,
  -- Older mail is left where it is, also when the folder has to be read from the start again.
  since timestamptz,
  primary key (mailbox_id, folder)
);

create table mailbox_health (
  mailbox_id bigint primary key references mailbox,
  fetched_at timestamptz,
  mail_at timestamptz,
  lag_seconds integer,
  failing_since timestamptz,
  failure text,
  alerted_at timestamptz,
  sent_at timestamptz,
  send_failing_since timestamptz,
  send_failure text,
  history_total integer not null default 0,
  history_done integer not null default 0,
  -- A mail sent to oneself, and its coming back.
  test_sent_at timestamptz,
  test_returned_at timestamptz
);

-- Mail that lay there when the mailbox was connected: nobody is told. What had been read becomes a closed ticket.
alter table raw_mail add column history text check (history in ('settled', 'open'));
