-- What is known again says nothing of anybody: keyed hashes of the sender's number and of what was said with it.
alter table hook_delivery add column known_by bytea, add column body_hash bytea;
drop index hook_delivery_once;
create unique index hook_delivery_once on hook_delivery (hook_id, known_by) where known_by is not null;
