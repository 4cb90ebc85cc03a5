-- Conditions over tickets: what lists filter and sort by beyond the first columns.

alter table ticket add column status_since text collate "C" not null generated always as (state->>'statusSince') stored;
create index ticket_by_status_since on ticket (status_since, id) where not hidden;
create index ticket_by_field on ticket using gin ((state->'fields') jsonb_path_ops) where not hidden;

alter table person add column tags text[] not null default '{}';
alter table organization add column tags text[] not null default '{}';
create index person_by_domain on person (split_part(email, '@', 2));
create index person_by_organization on person (organization_id) where organization_id is not null;
