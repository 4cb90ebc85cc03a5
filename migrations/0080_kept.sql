-- Mail that was due while nothing could carry it away waits for a person's word, and does not leave by itself when a server is there.
alter table outbox add column kept_at timestamptz;
create index outbox_kept on outbox (id) where kept_at is not null and state = 'queued';
