// Gathers the configurations that a backtest replays under: as they are, as they were, and with a draft put in their place.
import { asItWas } from '#backtest/configuration.ts'
import { agentRoles } from '#backtest/past-store.ts'
import type { Configuration, Configurations } from '#backtest/past-ticket.ts'
import type { Desk } from '#desk/desk.ts'
import { isInShare } from '#rules/canary.ts'
import { livedCanaries } from '#rules/canary-store.ts'
import type { Rulebook } from '#rules/rule.ts'
import { emptyRulebook, hashOf, makeReady, type ReadyRulebook } from '#rules/rulebook.ts'
import { livedRulebooks } from '#rules/rulebook-store.ts'
import { membersOfTeams, memberTimes } from '#rules/scene-store.ts'
import { settingsThen } from '#desk/setup-cache.ts'
import { addressTimes } from '#setup/mailbox-store.ts'
import { judgedBySince, livedSettings } from '#setup/settings-store.ts'
import { requiredTimes } from '#setup/taxonomy-store.ts'
import { policyTimes } from '#sla/agreement-store.ts'
import type { Db } from '#store/database.ts'

/** The live configuration. */
export async function liveConfiguration(desk: Desk, db: Db): Promise<Configuration> {
  const { rulebook, sla, settings, directory, desk: own, mailboxes } = await desk.setup.now()
  return {
    rulebook,
    sla,
    settings,
    directory,
    zone: own.timeZone,
    roles: await agentRoles(db),
    members: await membersOfTeams(
      db,
      directory.teams.map(({ id }) => id),
    ),
    ownAddresses: new Set(mailboxes.map(({ address }) => address)),
  }
}

/** The versions that were in force at their time. */
export type Recorded = {
  /** For each ticket: some judged a share of them only. */
  readonly of: (ticketId: number) => Configurations
  /** Names them: another one, and something was in force at another time. */
  readonly hash: string
}

/** Reads the versions that were in force at their time. */
export async function recordedConfiguration(db: Db, today: Configuration): Promise<Recorded> {
  const forAll = (await livedRulebooks(db)).map(readied)
  const canaries = (await livedCanaries(db)).map(readied)
  const policies = await policyTimes(db)
  const settings = (await livedSettings(db)).map(({ from, value }) => ({
    from,
    settings: { ...today.settings, ...settingsThen(value) },
    zone: value.timeZone,
  }))
  const times = {
    policies,
    settings,
    members: await memberTimes(db),
    addresses: await addressTimes(db),
    required: await requiredTimes(db),
    keptSince: await judgedBySince(db),
  }
  const empty = makeReady(emptyRulebook)
  const known = new Map<string, Configurations>()
  const of = (ticketId: number) => {
    const own = canaries.filter((canary) => isInShare(canary, ticketId))
    const key = own.map(({ version }) => version).join()
    const found = known.get(key) ?? asItWas(today, { rulebooks: [...own, ...forAll], ...times }, empty)
    known.set(key, found)
    return found
  }
  const bare = (lived: readonly { readonly rulebook: ReadyRulebook }[]) =>
    lived.map((each) => ({ ...each, rulebook: each.rulebook.rulebook }))
  // These come in no order, and need none.
  const lists = [times.members, times.addresses, times.required].map((some) =>
    some.map((each) => hashOf(each)).toSorted(),
  )
  return { of, hash: hashOf([bare(forAll), bare(canaries), policies, settings, times.keptSince, lists]) }
}

function readied<Lived extends { readonly rulebook: Rulebook }>(lived: Lived) {
  return { ...lived, rulebook: makeReady(lived.rulebook) }
}
