-- What was uploaded and went nowhere is found by its age, and leaves the disk with its row.
create index attachment_idle on attachment (created_at) where message_id is null;
create trigger article_file_leaves_blob after delete on article_file for each row execute function note_unused_file();
