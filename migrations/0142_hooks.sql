-- Events of other systems: each hook has an address of its own, a proof, and a mapping that makes of an event a ticket or an update.
create table hook (
  id bigint generated always as identity primary key,
  name text not null,
  key_hash bytea not null unique,
  scheme text not null check (scheme in ('standard', 'github', 'stripe', 'secret', 'none')),
  -- Null where there is nothing to prove.
  key_id text,
  sealed bytea,
  brand_id bigint not null references brand,
  team_id bigint references team,
  category_id bigint references category,
  mapping jsonb not null,
  -- How a later event of the same matter is written down.
  again text not null check (again in ('note', 'message')),
  acknowledges boolean not null default false,
  enabled boolean not null default true,
  refused_at timestamptz,
  refusal text,
  created_at timestamptz not null,
  archived_at timestamptz
);

-- The ticket of a matter, such as an alert that fires and is resolved. Null while it is being opened.
create table hook_matter (
  hook_id bigint not null references hook on delete cascade,
  key text not null,
  ticket_id bigint references ticket,
  primary key (hook_id, key)
);
create index hook_matter_ticket on hook_matter (ticket_id);

-- What came. The content of old ones is emptied; the sender's number stays for a month, so that what is sent again is known.
create table hook_delivery (
  id bigint generated always as identity primary key,
  hook_id bigint not null references hook on delete cascade,
  sender_key text,
  at timestamptz not null,
  state text not null check (state in ('arrived', 'done', 'skipped', 'failed')),
  detail text,
  ticket_id bigint references ticket,
  headers jsonb,
  body text,
  cause_event_id bigint
);
create unique index hook_delivery_once on hook_delivery (hook_id, sender_key) where sender_key is not null;
create index hook_delivery_newest on hook_delivery (hook_id, id);
create index hook_delivery_kept on hook_delivery (hook_id, id) where body is not null;
create index hook_delivery_ticket on hook_delivery (ticket_id) where body is not null;
create index hook_delivery_old on hook_delivery (at);
