-- What the desk's automatic mail says, by brand and language; the nearest one is used, else the desk's own words.
create table mail_template (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('acknowledgement', 'resolved')),
  brand_id bigint references brand,
  language text,
  subject text not null default '',
  body text not null,
  changed_at timestamptz not null,
  unique nulls not distinct (kind, brand_id, language)
);
