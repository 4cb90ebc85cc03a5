-- What lies in a folder at the first look is history by its date, not by its number alone: older mail may have been moved in since.
alter table mailbox_cursor add column begun_at timestamptz;
