-- What must not be erased, for whatever reason a person gave: a customer, or one ticket.
create table legal_hold (
  id bigint generated always as identity primary key,
  person_id bigint references person,
  ticket_id bigint references ticket,
  reason text not null,
  set_by bigint references agent,
  set_at timestamptz not null,
  lifted_by bigint references agent,
  lifted_at timestamptz,
  check ((person_id is null) <> (ticket_id is null))
);
create unique index legal_hold_on_person on legal_hold (person_id) where lifted_at is null and person_id is not null;
create unique index legal_hold_on_ticket on legal_hold (ticket_id) where lifted_at is null and ticket_id is not null;

-- Erasing a person: asked for once, worked off in portions. Once it is done nothing here says who it was.
create table erasure (
  id bigint generated always as identity primary key,
  -- The person and whoever was joined into them.
  people bigint[] not null,
  asked_by bigint not null references agent,
  -- A token's number when a program asked.
  token_id bigint,
  asked_at timestamptz not null,
  -- By what their words are found: { addresses, names, phones }. Null once it is done.
  words jsonb,
  -- Mails that came later are somebody's anew.
  last_mail_id bigint not null,
  next_try_at timestamptz not null,
  counts jsonb not null default '{}',
  finished_at timestamptz
);
create index erasure_due on erasure (next_try_at) where finished_at is null;
create index erasure_by_person on erasure using gin (people);

create table erasure_ticket (
  erasure_id bigint not null references erasure on delete cascade,
  ticket_id bigint not null,
  done boolean not null default false,
  primary key (erasure_id, ticket_id)
);
create index erasure_ticket_waiting on erasure_ticket (erasure_id, ticket_id) where not done;

-- What was erased here and must not come back from where it was imported: a keyed hash of its source and its name there.
create table erased_source (
  mark text primary key,
  local_id bigint not null
);

-- Files that nothing may show any more. Whoever takes one from the disk looks again whether that is so.
create table blob_unused (
  sha256 text primary key,
  since timestamptz not null default now()
);

create function note_unused_blob() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'attachment' then
    insert into blob_unused (sha256) values (old.sha256) on conflict do nothing;
  elsif old.blob_sha256 is not null and (tg_op = 'DELETE' or new.blob_sha256 is distinct from old.blob_sha256) then
    insert into blob_unused (sha256) values (old.blob_sha256) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger attachment_leaves_blob after delete on attachment for each row execute function note_unused_blob();
create trigger raw_mail_leaves_blob after delete or update of blob_sha256 on raw_mail for each row execute function note_unused_blob();

-- The mails of a ticket, its bounces too, are found without reading all that ever came.
create index raw_mail_by_ticket on raw_mail (coalesce((outcome->>'opened')::bigint, (outcome->>'joined')::bigint, (outcome->>'delivery')::bigint))
  where outcome ?| array['opened', 'joined', 'delivery'];
create index attachment_by_blob on attachment (sha256);
create index raw_mail_by_blob on raw_mail (blob_sha256) where blob_sha256 is not null;
