-- Lists of what is put aside (spam, deleted, merged) read no other ticket.
create index ticket_by_hidden on ticket (hidden_as, updated_at desc, id desc) where hidden_as is not null;
