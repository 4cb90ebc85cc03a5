-- Mails by when they were settled, and held ones by when: reports count those of a window. They come in order of time.
create index outbox_settled on outbox using brin (settled_at) with (pages_per_range = 32);
create index quarantine_by_time on quarantine (held_at);
