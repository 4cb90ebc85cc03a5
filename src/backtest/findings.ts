// What in a backtest somebody must look at before the candidate goes live: each needs a name and a reason, or the change waits.
import type { Finding, FindingCode, Report } from '#backtest/report.ts'

const FIDELITY = 0.98
const BROKEN_SHARE = 0.05
const REOPENED_SHARE = 0.02
const THIN = 100
/** More passes than that over one update point to rules that answer each other. */
const PASSES = 3

/** The findings of a report, in order of their codes. `living` are the candidate's rules that are switched on. */
export function findingsOf(
  report: Omit<Report, 'findings' | 'hash'>,
  living: ReadonlySet<number>,
): readonly Finding[] {
  const { fidelity, mails, conflicts, circuits, mostPasses, reopened, tickets, brokenReplays } = report
  const found: Finding[] = []
  const note = (code: FindingCode, baseline: number, candidate: number, about: string | null = null) =>
    found.push({ code, about, baseline, candidate, isWarning: code === 'thin_history' })
  if (tickets < THIN) note('thin_history', tickets, tickets)
  if (fidelity.share !== null && fidelity.share < FIDELITY) note('fidelity_low', FIDELITY, fidelity.share)
  if (mails.newRecipients > 0) note('new_external_mail', 0, mails.newRecipients)
  if (mails.mostPerTicket.candidate > mails.mostPerTicket.baseline)
    note('mail_per_ticket_up', mails.mostPerTicket.baseline, mails.mostPerTicket.candidate)
  if (conflicts.candidate > conflicts.baseline) note('conflict_new', conflicts.baseline, conflicts.candidate)
  if (
    circuits.candidate > circuits.baseline ||
    (mostPasses.candidate > PASSES && mostPasses.candidate > mostPasses.baseline)
  )
    note('loop_risk', mostPasses.baseline, mostPasses.candidate)
  for (const { metric, high, attainment } of report.sla.metrics)
    if (high < 0) note('sla_worse', attainment.baseline ?? 0, attainment.candidate ?? 0, metric)
  for (const { key, id, baseline, candidate } of report.rules)
    if (living.has(id) && baseline.fired > 0 && candidate.fired === 0)
      note('rule_dead', baseline.fired, 0, key)
  if (reopened.candidate - reopened.baseline > tickets * REOPENED_SHARE)
    note('reopen_of_many', reopened.baseline, reopened.candidate)
  if (tickets > 0 && brokenReplays / tickets > BROKEN_SHARE)
    note('broken_replay_share', 0, brokenReplays / tickets)
  return found
}
