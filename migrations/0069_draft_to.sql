-- The requester's address that an agent chose for a reply; null: where they last wrote from.
alter table draft add column to_email text;
