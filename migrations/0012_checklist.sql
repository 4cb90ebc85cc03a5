-- Steps to do on a ticket, ticked off by agents. They are the desk's own list: nothing mails them and no rule reads them.

create table checklist_item (
  id bigint generated always as identity primary key,
  ticket_id bigint not null,
  text text not null,
  created_by bigint not null,
  created_at timestamptz not null,
  done_by bigint,
  done_at timestamptz,
  constraint done_has_a_doer check ((done_by is null) = (done_at is null))
);
create index checklist_item_by_ticket on checklist_item (ticket_id, id);
