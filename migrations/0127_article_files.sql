-- Pictures and files of articles: known by what they contain, so that an address of one can be guessed by nobody, and the same one is
-- there once. Who may read one follows from the articles that show it now.
create table article_file (
  sha256 text primary key,
  name text not null,
  type text not null,
  size bigint not null,
  uploaded_by bigint references person,
  created_at timestamptz not null
);
create table article_file_use (
  article_id bigint not null references article on delete cascade,
  sha256 text not null references article_file,
  primary key (article_id, sha256)
);
create index article_file_use_by_file on article_file_use (sha256);
