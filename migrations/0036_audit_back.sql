-- What brings a changed thing back to how it was: the request that an administrator would send. Null: nothing can.
alter table audit_entry add column back jsonb;
