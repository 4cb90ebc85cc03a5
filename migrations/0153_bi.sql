-- What programs of statistics read by SQL: views with names that stay, for database roles that see what an agent of the desk sees.
-- The columns are described in docs/bi.md, which a test holds to what stands here. A migration that changes a column beneath makes the
-- view anew.

-- The role that reading roles are members of: it may read the views and nothing else.
do $$
begin
  if not exists (select from pg_roles where rolname = 'docket_bi') then create role docket_bi nologin; end if;
exception when insufficient_privilege or duplicate_object then
  raise notice 'role docket_bi was not created: see docs/bi.md';
end $$;

-- Which login sees what whom sees. A role without a row here sees nothing.
create table bi_reader (
  role_name text primary key,
  agent_id bigint not null references agent,
  created_at timestamptz not null
);
create index bi_reader_by_agent on bi_reader (agent_id);

-- Out of reach of those roles: the views of `bi` read it for them.
create schema if not exists bi_wall;

-- The sight of whoever asks, the same as src/people/wall-store.ts says of agents; and which of the rights of src/people/rights.ts count here.
create view bi_wall.sight with (security_barrier) as
  select a.person_id as agent_id, case when a.sees = 'all' and l.is_limited then 'some' else a.sees end as sees,
    array(select m.team_id from public.team_member m where m.agent_id = a.person_id) as team_ids,
    case when r.only_brands is null then a.only_brands when a.only_brands is null then r.only_brands
      else array(select unnest(a.only_brands) intersect select unnest(r.only_brands)) end as brand_ids,
    case when r.only_mailboxes is null then a.only_mailboxes when a.only_mailboxes is null then r.only_mailboxes
      else array(select unnest(a.only_mailboxes) intersect select unnest(r.only_mailboxes)) end as mailbox_ids,
    case when r.id is null then a.role in ('lead', 'admin') else 'routing.lead' = any(r.actions) end as knows_people,
    case when r.id is null then a.role <> 'viewer' else 'rules.read' = any(r.actions) end as knows_rules
  from public.bi_reader b join public.agent a on a.person_id = b.agent_id left join public.custom_role r on r.id = a.role_id
    cross join lateral (select coalesce(a.only_brands, a.only_mailboxes, r.only_brands, r.only_mailboxes) is not null as is_limited) l
  where b.role_name = current_user and a.deactivated_at is null;

-- The tickets in sight, with who asks.
create view bi_wall.seen with (security_barrier) as
  select t.id as ticket_id, s.agent_id, s.knows_people, s.knows_rules
  from bi_wall.sight s cross join public.ticket t
  where not t.hidden and (s.sees = 'all' or t.assignee_id = s.agent_id
    or ((s.sees <> 'own_teams' or t.team_id is null or t.team_id = any(s.team_ids))
      and (s.brand_ids is null or t.brand_id = any(s.brand_ids))
      and (s.mailbox_ids is null or t.mailbox_id = any(s.mailbox_ids))));

-- All that stands in it may be read.
create schema if not exists bi;

create view bi.ticket_v with (security_barrier) as
  select t.id as ticket_id, t.status, t.priority, t.type, t.channel, t.brand_id, t.mailbox_id, t.queue_id, t.team_id,
    case when s.knows_people or t.assignee_id = s.agent_id then t.assignee_id end as assignee_id,
    t.category_id, t.tags, t.requester_id, t.organization_id, t.created_at, t.updated_at, t.resolved_at, t.closed_at, t.snoozed_until,
    t.due_at, t.reopen_count, t.reply_count, t.inbound_count
  from bi_wall.seen s join public.ticket t on t.id = s.ticket_id;

create view bi.status_span_v with (security_barrier) as
  select r.ticket_id, r.nth, r.status, r.from_at, r.to_at, r.since_at,
    case when r.to_at is not null then floor(extract(epoch from r.to_at - r.from_at))::bigint end as seconds,
    r.working_ms / 1000 as business_seconds, r.censored, r.team_id,
    case when s.knows_people or r.assignee_id = s.agent_id then r.assignee_id end as assignee_id, r.category_id, r.priority
  from bi_wall.seen s join public.report_span r on r.ticket_id = s.ticket_id;

create view bi.flow_v with (security_barrier) as
  select f.ticket_id, f.kind, f.nth, f.at, case when f.kind in ('opened', 'reopened') then 1 else -1 end as backlog_change, f.team_id,
    case when s.knows_people or f.assignee_id = s.agent_id then f.assignee_id end as assignee_id, f.category_id, f.priority
  from bi_wall.seen s join public.report_fact f on f.ticket_id = s.ticket_id
  where f.kind in ('opened', 'reopened', 'resolved', 'closed_unresolved');

create view bi.reply_v with (security_barrier) as
  select f.ticket_id, f.kind, f.nth, f.at, f.since_at, floor(extract(epoch from f.at - f.since_at))::bigint as seconds,
    f.working_ms / 1000 as business_seconds, f.kind = 'assistant_first_reply' as by_assistant,
    case when s.knows_people or f.author_id = s.agent_id then f.author_id end as author_id, f.team_id,
    case when s.knows_people or f.assignee_id = s.agent_id then f.assignee_id end as assignee_id, f.category_id, f.priority
  from bi_wall.seen s join public.report_fact f on f.ticket_id = s.ticket_id
  where f.kind in ('first_reply', 'next_reply', 'further_reply', 'assistant_first_reply');

create view bi.resolve_v with (security_barrier) as
  select f.ticket_id, f.nth, f.at, f.since_at as opened_at, floor(extract(epoch from f.at - f.since_at))::bigint as seconds,
    f.working_ms / 1000 as business_seconds, f.until_at as reopened_at, f.one_touch, f.config_version is not null as by_assistant,
    f.spent_ms[1] / 1000 as new_seconds, f.spent_ms[2] / 1000 as open_seconds, f.spent_ms[3] / 1000 as pending_seconds,
    f.spent_ms[4] / 1000 as on_hold_seconds, f.spent_working_ms[1] / 1000 as new_business_seconds,
    f.spent_working_ms[2] / 1000 as open_business_seconds, f.spent_working_ms[3] / 1000 as pending_business_seconds,
    f.spent_working_ms[4] / 1000 as on_hold_business_seconds, f.team_id,
    case when s.knows_people or f.assignee_id = s.agent_id then f.assignee_id end as assignee_id, f.category_id, f.priority
  from bi_wall.seen s join public.report_fact f on f.ticket_id = s.ticket_id
  where f.kind = 'resolved';

create view bi.assignment_v with (security_barrier) as
  select ticket_id, row_number() over (partition by ticket_id order by from_at, first_nth) as nth, from_at, to_at,
    floor(extract(epoch from to_at - from_at))::bigint as seconds, team_id,
    case when knows_people or assignee_id = agent_id then assignee_id end as assignee_id
  from (
    select ticket_id, run, min(nth) as first_nth, min(from_at) as from_at, nullif(max(coalesce(to_at, 'infinity')), 'infinity') as to_at,
      team_id, assignee_id, agent_id, knows_people
    from (
      select r.ticket_id, r.nth, r.from_at, r.to_at, r.team_id, r.assignee_id, s.agent_id, s.knows_people,
        r.nth - row_number() over (partition by r.ticket_id, r.team_id, r.assignee_id order by r.nth) as run
      from bi_wall.seen s join public.report_span r on r.ticket_id = s.ticket_id) each_span
    group by ticket_id, run, team_id, assignee_id, agent_id, knows_people) runs;

create view bi.clock_v with (security_barrier) as
  select c.ticket_id, c.kind, c.metric, c.instance, c.policy_id, c.policy_version, c.priority, c.target_seconds, c.state,
    c.elapsed_ms / 1000 as elapsed_seconds, c.as_of, c.due_at, c.breached_at, c.ended_at,
    case when c.breached_at is not null then false when c.state = 'met' then true end as is_met
  from bi_wall.seen s join public.ticket_clock c on c.ticket_id = s.ticket_id;

create view bi.csat_v with (security_barrier) as
  select v.ticket_id, v.episode, v.outcome, v.at as asked_at, v.scale, v.score, v.answered_at, v.changes, v.brand_id, v.team_id,
    case when s.knows_people or v.assignee_id = s.agent_id then v.assignee_id end as assignee_id
  from bi_wall.seen s join public.survey v on v.ticket_id = s.ticket_id;

create view bi.rule_firing_v with (security_barrier) as
  select e.id as event_id, e.ticket_id, e.at, e.kind, e.actor_id as rule_id, e.actor_version as rule_version,
    case when e.kind = 'rule_fired' then coalesce(e.payload->>'noOp' = 'true', false) end as no_op
  from bi_wall.seen s join public.ticket_event e on e.ticket_id = s.ticket_id
  where s.knows_rules and e.actor_type = 'rule'
    and e.kind in ('rule_fired', 'action_refused', 'rule_suppressed', 'rule_conflict', 'rule_circuit_opened');

-- Names. Every agent of the desk knows them.
create view bi.team_v with (security_barrier) as
  select t.id as team_id, t.name, t.archived_at is not null as is_archived from bi_wall.sight s cross join public.team t;

create view bi.agent_v with (security_barrier) as
  select a.person_id as agent_id, p.name, a.deactivated_at is null as is_active
  from bi_wall.sight s cross join public.agent a join public.person p on p.id = a.person_id;

create view bi.category_v with (security_barrier) as
  select c.id as category_id, c.parent_id, c.path, c.merged_into, c.archived_at is not null as is_archived
  from bi_wall.sight s cross join public.category c;

create view bi.brand_v with (security_barrier) as
  select b.id as brand_id, b.name from bi_wall.sight s cross join public.brand b;

create view bi.queue_v with (security_barrier) as
  select q.id as queue_id, q.title as name, q.archived_at is not null as is_archived from bi_wall.sight s cross join public.queue q;

create view bi.rule_v with (security_barrier) as
  select (rule->>'id')::bigint as rule_id, rule->>'title' as name
  from bi_wall.sight s cross join public.rulebook b cross join jsonb_array_elements(b.content->'rules') as rule
  where s.knows_rules and b.state = 'published';

do $$
begin
  if exists (select from pg_roles where rolname = 'docket_bi') then
    grant usage on schema bi to docket_bi;
    grant select on all tables in schema bi to docket_bi;
    alter default privileges in schema bi grant select on tables to docket_bi;
  end if;
end $$;
