-- A large mail lies on disk beside the attachments, under the SHA-256 of its bytes; the row keeps its first bytes. To put fifty
-- megabytes through the database took several times their size in memory, and strangers choose when.
alter table raw_mail add column blob_sha256 text check (blob_sha256 ~ '^[0-9a-f]{64}$'),
  add column size integer;
