-- A visitor of a chat asks for a link that shows an address to be theirs: an ask as for a way into the portal, answered in the same line
-- and counted with it. The link is made of the number; the code is shown in the chat, and typed in where the link leads.
alter table portal_ask
  add column visitor_id bigint references visitor on delete cascade,
  add column number bigint not null unique default floor(random() * 140737488355328),
  add column code smallint,
  add column used_at timestamptz,
  add constraint code_of_visitor check ((visitor_id is null) = (code is null));
create index portal_ask_by_visitor on portal_ask (visitor_id) where visitor_id is not null;

alter table outbox
  drop constraint outbox_kind_check,
  add constraint outbox_kind_check
    check (kind in ('reply', 'acknowledgement', 'resolved', 'notification', 'alert', 'sign_in', 'confirm', 'survey', 'report')) not valid;
