-- Whether the login of a reader was made by `bi add`: only such a one is dropped with it. Of those of before it is not known: they stay.
alter table bi_reader add column is_made boolean not null default false;
