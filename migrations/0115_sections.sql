-- Sections of the help center: a tree for each brand, named in each of its languages. Articles lie in one, or in none.

create table section (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand,
  parent_id bigint references section,
  -- How deep it lies.
  level smallint not null check (level between 0 and 3),
  -- The end of its address, for good.
  slug text not null,
  -- Its place among those beside it.
  position integer not null,
  -- By language; never empty.
  names jsonb not null,
  archived boolean not null default false,
  unique (brand_id, slug)
);

-- A section's name in a language; in another of its names where it has none.
create function section_name(names jsonb, language text) returns text language sql immutable as $$
  select coalesce(names->>language, names->>split_part(language, '-', 1), names->>'en',
    (select value from jsonb_each_text(names) order by key limit 1))
$$;

-- Until now a section was a name that articles had.
insert into section (brand_id, level, slug, position, names)
select (select min(id) from brand), 0,
  case when count(*) over (partition by slug) > 1 or slug = '' then ltrim(slug || '-' || place, '-') else slug end,
  place, jsonb_build_object(language, name)
from (
  select language, name, row_number() over (order by language, lower(name)) as place,
    trim(both '-' from regexp_replace(lower(name), '[^[:alnum:]]+', '-', 'g')) as slug
  from (select language, section as name from article where section <> ''
    union select language, section from article_version where section <> '') used) named;

alter table article add column section_id bigint references section;
alter table article_version add column section_id bigint references section;
update article a set section_id = s.id from section s where s.names->>a.language = a.section;
update article_version v set section_id = s.id from section s where s.names->>v.language = v.section;
alter table article drop column section;
alter table article_version drop column section;
create index article_by_section on article (section_id);

-- The article that this one says in another language; null: it is the first of its kind, or alone.
alter table article add column translates_id bigint references article;
create unique index article_translation on article (coalesce(translates_id, id), language);

-- A row for each change of anything that the help center shows: what is kept of its pages is good as long as no row comes or goes. Rows
-- are only added, so that two writers never wait for each other here; old ones are cleared away.
create table help_change (id bigint generated always as identity primary key);
create function note_help_change() returns trigger language plpgsql as $$
begin
  insert into help_change default values;
  return null;
end $$;
create trigger article_changes_help after insert or update or delete on article for each statement execute function note_help_change();
create trigger section_changes_help after insert or update or delete on section for each statement execute function note_help_change();
create trigger address_changes_help after insert or update or delete on article_address for each statement execute function note_help_change();

-- How often strangers opened an article on a day. Of them themselves nothing is kept.
create table article_read (
  article_id bigint not null references article on delete cascade,
  day date not null,
  count integer not null,
  primary key (day, article_id)
);
