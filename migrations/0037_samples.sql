-- Tickets of the simulated company that an administrator loads to look around, and the people in them, until they are removed.
create table sample_ticket (
  ticket_id bigint primary key
);
create table sample_person (
  person_id bigint primary key references person
);
alter table person add column hidden boolean not null default false;
