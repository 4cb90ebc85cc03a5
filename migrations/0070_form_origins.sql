-- The pages elsewhere that may show a form: origins as browsers write them. With none, no page may.
alter table form add column origins text[] not null default '{}' check (cardinality(origins) <= 20);
