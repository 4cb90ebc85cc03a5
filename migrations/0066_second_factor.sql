-- Second factors: authenticator apps, passkeys, recovery codes; the way in between password and session; who must have one.

-- One authenticator app an agent. Until a code has proved that the app holds the secret, it counts for nothing.
create table totp (
  agent_id bigint primary key references agent,
  key_id text not null,
  sealed bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  -- The step of the newest code that was taken: it and all before are used up.
  last_step bigint not null default 0
);

create table passkey (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent,
  credential_id text not null unique,
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_by_agent on passkey (agent_id);

create table recovery_code (
  agent_id bigint not null references agent,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (agent_id, code_hash)
);

-- A browser on its way in: past the password of an agent, or nobody yet, who is about to show a passkey.
create table half_sign_in (
  token_hash bytea primary key,
  agent_id bigint references agent,
  tries integer not null default 0,
  expires_at timestamptz not null
);
create index half_sign_in_by_agent on half_sign_in (agent_id);

-- What a passkey is asked to sign, for the one session or half-signed-in browser that asked.
create table passkey_challenge (
  challenge_hash bytea primary key,
  holder text not null,
  purpose text not null check (purpose in ('register', 'sign_in', 'prove')),
  expires_at timestamptz not null
);

-- Wrong proofs of an account within the hour, whoever gave them.
create table proof_try (
  agent_id bigint primary key references agent,
  since timestamptz not null,
  tries integer not null
);

-- Roles that must have a second factor: from when, and how long an account may go on without.
create table factor_rule (
  role text primary key check (role in ('admin', 'lead', 'agent', 'viewer')),
  since timestamptz not null,
  grace_days integer not null check (grace_days between 0 and 90)
);

-- A session says where it is, and when its agent last proved to be there.
alter table session add column id bigint generated always as identity unique;
alter table session add column proven_at timestamptz;
alter table session add column user_agent text not null default '';
alter table session add column address text not null default '';
