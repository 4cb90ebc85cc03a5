-- What is due is looked for with each round of the outbox: mails that are held or kept for a person's word, which may be many, are not walked
-- through each time.
create index outbox_leaving on outbox (send_at) where state in ('queued', 'sending') and not held and kept_at is null;
drop index outbox_due;
