-- Articles: pages of the help center and of the agents' own knowledge, with every version that was saved.

-- Which of PostgreSQL's dictionaries knows the words of a language; `simple` leaves them as they are.
create function article_dictionary(language text) returns regconfig language sql immutable as $$
  select coalesce((case split_part(language, '-', 1)
    when 'da' then 'danish' when 'de' then 'german' when 'en' then 'english' when 'es' then 'spanish'
    when 'fi' then 'finnish' when 'fr' then 'french' when 'hu' then 'hungarian' when 'it' then 'italian'
    when 'nb' then 'norwegian' when 'nl' then 'dutch' when 'no' then 'norwegian' when 'pt' then 'portuguese'
    when 'ro' then 'romanian' when 'ru' then 'russian' when 'sv' then 'swedish' when 'tr' then 'turkish'
    end), 'simple')::regconfig
$$;

create table article (
  id bigint generated always as identity primary key,
  -- Counts the saves; the newest stands here, all of them in article_version.
  version integer not null,
  title text not null,
  slug text not null,
  -- As cleaned as any message, and the same as text.
  body text not null,
  body_text text not null,
  language text not null,
  -- What it is listed under; '' is none.
  section text not null,
  -- Who may read it once it is published. Organisations may come to this.
  audience text not null check (audience in ('public', 'agents')),
  status text not null check (status in ('draft', 'published', 'archived')),
  author_id bigint not null references agent,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- First published; null: never yet.
  published_at timestamptz,
  -- Each word as it is written and as its language's stem.
  title_words tsvector not null,
  words tsvector not null,
  unique (language, slug)
);
create index article_by_update on article (updated_at desc, id desc);
-- Written seldom and read often: nothing waits in a list that each search would have to read.
create index article_words on article using gin (words) with (fastupdate = off);
create index article_title_words on article using gin (title_words) with (fastupdate = off);

-- What an article said from `at` on, for good: which text stood when can be asked later.
create table article_version (
  article_id bigint not null references article,
  version integer not null,
  at timestamptz not null,
  by_id bigint not null references agent,
  title text not null,
  slug text not null,
  body text not null,
  language text not null,
  section text not null,
  audience text not null,
  status text not null,
  primary key (article_id, version)
);

-- Addresses that articles had: who has such a link is sent on.
create table article_address (
  language text not null,
  slug text not null,
  article_id bigint not null references article,
  primary key (language, slug)
);
