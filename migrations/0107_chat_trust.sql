-- What a site has shown of a visitor is good so long, and was signed by this key: taken away, it ends whom it has shown.
alter table visitor add column shown_until timestamptz;
alter table visitor add column shown_by bigint;

-- What a browser called its messages is forgotten with its visitor.
alter table chat_message drop constraint chat_message_visitor_id_fkey;
alter table chat_message add constraint chat_message_visitor_id_fkey
  foreign key (visitor_id) references visitor on delete cascade;

-- Who is there, who came last, and who was not seen for long: of each widget.
create index visitor_by_widget on visitor (widget_id, seen_at);
drop index visitor_by_sight;
