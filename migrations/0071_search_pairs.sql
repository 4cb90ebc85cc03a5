-- Which words stand side by side in a document, each pair as a number of sixteen bits: a phrase of common words that is rare itself is
-- found by its pairs. Documents get them when they are rebuilt, while the desk serves.
alter table search_document add column pairs integer[];
create index search_document_pairs on search_document using gin (pairs);
alter index search_document_pairs set (gin_pending_list_limit = 256);
insert into search_rebuild (below, articles) select coalesce(max(id), 0) + 1, false from ticket
  on conflict (only_row) do update set below = excluded.below;
