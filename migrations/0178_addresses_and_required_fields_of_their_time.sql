-- Since when the desk has an address, and which it had; since when a field must be filled before a ticket is resolved, and which had to
-- be. Null: since before it was kept.
alter table mailbox add column used_since timestamptz;
create table mailbox_past (
  mailbox_id bigint not null references mailbox on delete cascade,
  used_since timestamptz,
  used_until timestamptz not null
);
alter table field add column required_since timestamptz;
create table field_past (
  field_id bigint not null references field on delete cascade,
  required_since timestamptz,
  required_until timestamptz not null
);
grant select, insert on mailbox_past, field_past to docket_app;

-- From when on all is kept that a ticket was judged by, where tickets are older than that; empty on a desk that began with it.
create table judged_by_since (at timestamptz not null);
insert into judged_by_since select now() where exists (select from ticket);
grant select on judged_by_since to docket_app;
