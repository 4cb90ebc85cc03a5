-- Links in mails are made of a number that nothing else is known by. A row's own number is given again to another row after a restore,
-- and old links would then be good for somebody else. What stands already gets one too: links that were mailed so far open nothing.
alter table portal_link add column number bigint not null unique default floor(random() * 140737488355328);
alter table survey add column number bigint not null unique default floor(random() * 140737488355328);
