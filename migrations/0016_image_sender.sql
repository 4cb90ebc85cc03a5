-- Senders whose remote images an agent always wants to see.
create table image_sender (
  agent_id bigint not null references agent on delete cascade,
  sender_id bigint not null references person on delete cascade,
  at timestamptz not null,
  primary key (agent_id, sender_id)
);
