-- Whether an article helped: one word of each reader about each version. Of the reader there is a mark that tells two votes apart
-- and leads to no other article's.
create table article_vote (
  article_id bigint not null references article on delete cascade,
  version integer not null,
  voter text not null,
  helpful boolean not null,
  comment text not null default '',
  at timestamptz not null,
  primary key (article_id, version, voter)
);
create index article_vote_by_time on article_vote (article_id, at desc, voter);
create index article_vote_age on article_vote (at);
