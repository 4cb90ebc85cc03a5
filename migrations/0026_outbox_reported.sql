-- What others reported of a mail that was sent: what the outbox is filtered by.
alter table outbox add column reported text check (reported in ('delivered', 'delayed', 'bounced'));
create index outbox_reported on outbox (reported, id) where reported is not null;
