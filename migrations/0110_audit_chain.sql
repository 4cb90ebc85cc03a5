-- Every entry of the audit log carries a hash of what it says and of the entry before it. Values that may be personal come in by a salted
-- commitment: they can be erased, with the salt, and the chain stays whole.
alter table audit_entry
  add column place bigint unique,
  add column salt bytea default uuid_send(gen_random_uuid()),
  add column words_hash bytea,
  add column hash bytea;

-- The end of the chain; its row is the lane in which commits that write an entry stand for the moment of their commit.
create table audit_head (
  only_one boolean primary key default true check (only_one),
  place bigint not null,
  hash bytea not null
);
insert into audit_head (place, hash) values (0, decode(repeat('00', 32), 'hex'));

-- What the last look at the chain found.
create table audit_look (
  only_one boolean primary key default true check (only_one),
  at timestamptz not null,
  place bigint not null,
  entries bigint not null,
  fault jsonb
);

-- A part with its length before it, so that no two lists of parts read alike; `people/audit-chain.ts` writes them the same way.
create function audit_part(part text) returns text language sql immutable as
  $$ select coalesce(octet_length(convert_to(part, 'UTF8')) || ':' || part, '-') $$;

create function audit_words(e audit_entry) returns bytea language sql immutable as $$
  select sha256(e.salt || convert_to(audit_part(e.thing_name) || audit_part(e.changes::text) || audit_part(e.back::text), 'UTF8'))
$$;

create function audit_link(previous bytea, e audit_entry) returns bytea language sql stable as $$
  select sha256(previous || convert_to(
    audit_part(e.place::text) || audit_part(e.id::text)
    || audit_part(to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || audit_part(e.actor_type) || audit_part(e.actor_id::text) || audit_part(e.action)
    || audit_part(e.thing) || audit_part(e.thing_id::text) || audit_part(encode(e.words_hash, 'hex')), 'UTF8'))
$$;

create function audit_chain(entry_ids bigint[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e audit_entry;
  head audit_head;
begin
  select * into head from audit_head for update;
  for e in select * from audit_entry where id = any(entry_ids) order by id loop
    e.place := head.place + 1;
    e.words_hash := audit_words(e);
    e.hash := audit_link(head.hash, e);
    update audit_entry set place = e.place, words_hash = e.words_hash, hash = e.hash where id = e.id;
    head.place := e.place;
    head.hash := e.hash;
  end loop;
  update audit_head set place = head.place, hash = head.hash;
end $$;

select audit_chain(array(select id from audit_entry));

create function audit_join_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform audit_chain(array[new.id]);
  return null;
end $$;
-- At the commit and not before: nobody waits for a transaction that goes on after it wrote its entry.
create constraint trigger audit_joins_chain after insert on audit_entry
  deferrable initially deferred for each row execute function audit_join_chain();

-- Nothing changes but what joins the chain, and words that are erased whole.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.place is null and row(new.id, new.at, new.actor_type, new.actor_id, new.action, new.thing, new.thing_id, new.thing_name,
        new.changes, new.back, new.salt) is not distinct from row(old.id, old.at, old.actor_type, old.actor_id, old.action, old.thing,
        old.thing_id, old.thing_name, old.changes, old.back, old.salt) then return new; end if;
    if new.thing_name is null and new.changes = '[]' and new.back is null and new.salt is null
        and row(new.id, new.at, new.actor_type, new.actor_id, new.action, new.thing, new.thing_id, new.place, new.words_hash, new.hash)
          is not distinct from row(old.id, old.at, old.actor_type, old.actor_id, old.action, old.thing, old.thing_id, old.place,
          old.words_hash, old.hash) then return new; end if;
  end if;
  raise exception 'audit_entry is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_is_append_only before update or delete on audit_entry for each row execute function audit_is_append_only();
create trigger audit_is_never_emptied before truncate on audit_entry for each statement execute function audit_is_append_only();

create function audit_erase(entry_ids bigint[]) returns setof bigint language sql security definer set search_path = public, pg_temp as $$
  update audit_entry set thing_name = null, changes = '[]', back = null, salt = null
  where id = any(entry_ids) and place is not null and salt is not null returning id
$$;

do $$
begin
  if exists (select from pg_roles where rolname = 'docket_app') then
    revoke update, delete, truncate on audit_entry from docket_app;
    revoke insert, update, delete, truncate on audit_head from docket_app;
  end if;
  revoke execute on function audit_chain(bigint[]) from public;
end $$;
