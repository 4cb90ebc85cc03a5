-- Customers at their own desk: who may come in and by which links. A ticket's own link is signed and stands nowhere.

alter table brand
  -- Its customers see their tickets at /portal/ID.
  add column portal boolean not null default true,
  -- Mail to a requester alone carries a link that opens its ticket.
  add column ticket_links boolean not null default false;

-- A manager sees the tickets of the organisation, for as long as they belong to it.
alter table person add column manages_organization_id bigint references organization;

-- Whoever asks for a way in, known or not: answered before anybody looks who it is. Kept for a day, for its limits.
create table portal_ask (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand,
  email text not null,
  language text not null,
  at timestamptz not null,
  answered_at timestamptz
);
create index portal_ask_waiting on portal_ask (id) where answered_at is null;
create index portal_ask_by_email on portal_ask (email, at);

-- A link that signs in once. Its secret is made of its number and the desk's: it stands nowhere.
create table portal_link (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  brand_id bigint not null references brand,
  created_at timestamptz not null,
  used_at timestamptz
);
create index portal_link_by_person on portal_link (person_id);

create table portal_session (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  person_id bigint not null references person,
  brand_id bigint not null references brand,
  created_at timestamptz not null,
  seen_at timestamptz not null
);
create index portal_session_by_person on portal_session (person_id);

-- Links in mail that were signed before this moment open nothing any more.
create table portal_revoked (
  person_id bigint primary key references person,
  at timestamptz not null
);

-- Mail that is about neither a message nor the ticket as a whole: the number of a link to sign in with, or of a survey.
alter table outbox
  add column about_id bigint,
  drop constraint outbox_kind_check,
  add constraint outbox_kind_check
    check (kind in ('reply', 'acknowledgement', 'resolved', 'notification', 'alert', 'sign_in', 'survey')) not valid;
