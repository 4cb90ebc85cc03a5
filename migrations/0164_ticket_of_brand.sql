-- What came to a brand of late, and its incidents: read beside each message that the assistant looks at.
create index ticket_by_brand on ticket (brand_id, created_at desc) where not hidden;
create index ticket_of_incidents on ticket (brand_id, created_at desc) where not hidden and type in ('incident', 'problem');
