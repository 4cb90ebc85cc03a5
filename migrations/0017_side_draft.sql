-- What an agent is writing to outside parties, per thread: there on every device.
create table side_draft (
  ticket_id bigint not null,
  agent_id bigint not null,
  -- A side conversation's number, `new`, or `forward-` with the message that is to be forwarded.
  thread text not null,
  recipients text not null,
  subject text not null,
  body text not null,
  attachments bigint[] not null default '{}',
  updated_at timestamptz not null,
  primary key (ticket_id, agent_id, thread)
);
