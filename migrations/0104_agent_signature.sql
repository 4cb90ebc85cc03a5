-- What an agent puts under replies of their own, before the desk's words.
alter table agent add column signature text not null default '';
