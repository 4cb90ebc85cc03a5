-- Documents of the search index say more than they did: all are rebuilt while the desk serves, the newest first.

-- How far that has come: documents of tickets below are still old, and perhaps those of articles. No row: none is. The table has
-- one row at most.
create table search_rebuild (
  only_row boolean primary key default true check (only_row),
  below bigint not null,
  articles boolean not null default true
);
insert into search_rebuild (below) select coalesce(max(id), 0) + 1 from ticket;

-- What waits to be merged into the index is read by every search: little of it at a time.
alter index search_document_words set (gin_pending_list_limit = 256);
