-- Providers that post mail to us: each source has an address of its own and its own proof of who posts.
create table inbound_source (
  id bigint generated always as identity primary key,
  name text not null,
  provider text not null check (provider in ('ses', 'mailgun', 'postmark', 'sendgrid')),
  -- The last part of its address; only its hash is kept.
  key_hash bytea not null unique,
  -- Mailgun's signing key, Postmark's password, SendGrid's public key; for SES the topic it may come from.
  key_id text not null,
  sealed bytea not null,
  mail_at timestamptz,
  mails integer not null default 0,
  refused_at timestamptz,
  refusal text,
  created_at timestamptz not null
);
