-- The role that `bi add` made for a reader, by its number on this server: only that one is dropped with it. Of those of before it is not
-- known: they stay. A reader without an agent sees nothing, and waits for its login to be dropped.
alter table bi_reader add column made_oid bigint, alter column agent_id drop not null;
