// Rules on a share of the tickets: how they fare beside the rest, and the end of it, for all or for none.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { canaryReport } from '#api/contract/fares.ts'
import { rulebookVersion, versionParams } from '#api/contract/rules.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { presentVersion } from '#api/rules/present-rule.ts'
import type { Desk } from '#desk/desk.ts'
import { widen, withdraw } from '#desk/rules/canary.ts'
import type { Principal } from '#people/can.ts'
import { canaryCounts, canaryTimeOf } from '#rules/canary-store.ts'
import { emptyRulebook } from '#rules/rulebook.ts'
import { findVersion, readRulebook, versionAt } from '#rules/rulebook-store.ts'
import type { Db, Transaction } from '#store/database.ts'

export function canaryRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/rulebook/versions/:version/canary',
    access: 'rules.read',
    summary: 'How often rules fired on the tickets of a version’s share, and on the others',
    params: versionParams,
    answer: canaryReport,
    handler: async ({ db, params: { version } }) => {
      const time =
        (await canaryTimeOf(db, version)) ?? decline('not-found', 'This version never judged a share.')
      const books = [await versionAt(db, time.from), version]
      const titles = await titlesIn(db, books)
      const { tickets, rules } = await canaryCounts(db, time)
      const { percent, from, to } = time
      return {
        version,
        percent,
        from,
        to,
        tickets,
        rules: rules.map(({ ruleId, ...fired }) => ({
          rule: { id: ruleId, title: titles.get(ruleId) ?? `#${ruleId}` },
          ...fired,
        })),
      }
    },
  })
  endRoute(app, desk, 'widen', 'The version that judges a share judges all tickets from now on', widen)
  endRoute(
    app,
    desk,
    'withdraw',
    'The version that judges a share judges no more; what it did stays',
    withdraw,
  )
}

async function titlesIn(db: Db, versions: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const titles = new Map<number, string>()
  for (const version of versions)
    for (const { id, title } of ((await readRulebook(db, version)) ?? emptyRulebook).rules)
      titles.set(id, title)
  return titles
}

function endRoute(
  app: FastifyInstance,
  desk: Desk,
  verb: 'widen' | 'withdraw',
  summary: string,
  end: (desk: Desk, tx: Transaction, by: Principal) => Promise<number | null>,
): void {
  route(app, desk, {
    method: 'POST',
    url: `/rulebook/canary/${verb}`,
    access: 'rules.publish',
    summary,
    body: z.strictObject({}),
    answer: rulebookVersion,
    status: 200,
    handler: async ({ db, principal }) => {
      const version = await end(desk, db, principal)
      if (version === null)
        return decline('refused', 'No version judges a share of the tickets.', { refusal: 'no_canary' })
      const found = (await findVersion(db, version)) ?? decline('not-found')
      return presentVersion(found, (await desk.setup.now()).directory)
    },
  })
}
