-- Settled tickets as the assistant's witnesses: the newest are found fast, and so is whether anything was taken back since.
create index message_redacted on message (redacted_at) where redacted_at is not null;
create index message_voided on message (voided_at) where voided_at is not null;
