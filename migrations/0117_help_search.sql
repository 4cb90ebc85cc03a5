-- What was looked for in the help center, and what came of it. Nothing of who looked: addresses and numbers are taken out of the words,
-- and a customer who looked at the portal is named for a week alone, until it is known whether they wrote after all.
create table help_search (
  id bigint generated always as identity primary key,
  -- What links of the page carry, so that what follows is known to follow.
  mark text not null unique,
  at timestamptz not null,
  brand_id bigint not null references brand,
  language text not null,
  source text not null check (source in ('help', 'portal')),
  query text not null,
  found integer not null,
  clicked boolean not null default false,
  ticket_id bigint,
  person_id bigint references person on delete set null,
  -- Whether that customer wrote within a week; null: not known yet, or nobody to know it of.
  wrote_later boolean
);
create index help_search_age on help_search (at);
create index help_search_waiting on help_search (at) where person_id is not null;
