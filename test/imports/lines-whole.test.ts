// Nothing of a desk is forgotten when it is moved as lines: each table comes along, or stays for a reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tables } from '#imports/lines/tables.ts'
import { sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'

const lists = {
  'goes with its ticket':
    'ticket ticket_event message attachment subject_revision field_value side_conversation checklist_item',
  'is read off what came': `ticket_state ticket_clock ticket_lock report_fact report_fill report_span help_change search_document
    search_rebuild sla_recompute backtest_basis backtest_kept rule_timer timer taxonomy_merge judged_by_since`,
  'opens a door, or proves who somebody is': `agent_identity api_token bi_reader directory_group directory_member directory_user
    factor_rule custom_role_grant group_grant half_sign_in hook identity_provider identity_refusal inbound_source mailbox_secret
    look_up model_provider one_time_token passkey passkey_challenge portal_ask portal_link portal_revoked portal_session recovery_code
    saml_arrival session totp webhook widget_key visitor chat chat_due chat_message`,
  'would erase, mail or answer by itself on the other desk': `retention_rule report_schedule assistant_config assistant_live
    assistant_published assistant_classifier assistant_switch backup_plan`,
  'says what happened to the desk itself': `audit_entry audit_head audit_look agent_presence alert article_read article_vote
    assistant_run assistant_scenario assistant_simulated assistant_simulation assistant_verdict backtest backtest_difference
    backup_run erased_source erasure erasure_ticket field_past help_search hook_delivery hook_matter image_sender import import_file
    import_problem import_ref macro_use mailbox_health mailbox_past model_use person_join quarantine raw_mail
    retention_done review review_seed route_alert route_decision rule_review stall_cause_day team_member_past token_usage touch_time webhook_attempt webhook_delivery`,
  'is of the moment': `assistant_due blob_unused bulk_item bulk_job draft idempotency mail_brake mailbox_cursor mention outbox
    proof_try reaction_done reaction_due report_mail route_due route_offer route_waiting rule_link rule_scan sender_bucket
    side_draft sign_in_try ticket_read`,
  'is made up': 'sample_person sample_ticket',
}

test('every table of a desk is moved as lines, or stays for a reason', async () => {
  const { desk, close } = await bareDesk()
  const rows = await desk.database.rows<{
    name: string
  }>(sql`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`)
  await close()
  const spoken = [
    ...tables.map(({ table }) => table),
    ...Object.values(lists).flatMap((list) => list.split(/\s+/)),
  ]
  const known = new Set(spoken)
  assert.deepEqual(
    rows.map(({ name }) => name).filter((name) => !known.has(name) && name !== 'schema_migration'),
    [],
    'say in src/imports/lines/tables.ts that it comes along, or here why not',
  )
  const there = new Set(rows.map(({ name }) => name))
  assert.deepEqual(
    spoken.filter((name) => !there.has(name)),
    [],
  )
})
