-- A person has several addresses, and an address one person. `person.email` is the one that mail goes to; it is always among them.
create table person_address (
  address text primary key,
  person_id bigint not null references person on delete cascade,
  constraint address_is_canonical check (address = lower(address))
);
create index person_address_by_person on person_address (person_id);
create index person_address_search on person_address using gin (address gin_trgm_ops);
insert into person_address (address, person_id) select email, id from person where email is not null;

-- Whoever writes a person writes the address with it: no reader has to look in two places.
create function keep_person_address() returns trigger language plpgsql as $$
begin
  insert into person_address (address, person_id) values (new.email, new.id)
    on conflict (address) do update set person_id = excluded.person_id where person_address.person_id = excluded.person_id;
  if not found then
    raise unique_violation using message = 'this address is somebody else''s', constraint = 'person_address_pkey';
  end if;
  return null;
end $$;
create trigger person_address_of_new after insert on person
  for each row when (new.email is not null) execute function keep_person_address();
create trigger person_address_of_changed after update of email on person
  for each row when (new.email is not null and new.email is distinct from old.email) execute function keep_person_address();

-- What the author of a message wrote from: an answer goes back there.
alter table message add column from_email text;

-- All tickets of a person are asked for, deleted ones among them.
create index hidden_ticket_by_participant on ticket using gin (participant_ids jsonb_path_ops)
  where hidden and participant_ids <> '[]';

-- Who may be one person: the same name, the same telephone, the same mailbox with another tag.
create index person_by_name on person (lower(name)) where name <> '';
create index person_by_phone on person (regexp_replace(phone, '\D', '', 'g')) where phone is not null;
create index person_address_without_tag on person_address (regexp_replace(address, '\+[^@]*@', '@'));
