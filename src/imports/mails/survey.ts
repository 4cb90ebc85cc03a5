// What lies in a box, before anything is said of it: how many mails, of when, what would be set aside, and who takes part.
import type { Box } from '#imports/mails/box.ts'
import { indexBox, type Index } from '#imports/mails/index-box.ts'
import { mailMap, type MailMap } from '#imports/mails/map.ts'
import { oursOf } from '#imports/mails/source.ts'
import { conversationsOf } from '#imports/mails/threads.ts'
import type { Desk } from '#desk/desk.ts'
import { instant, type Instant } from '#kit/time.ts'

export type MailSurvey = {
  readonly mails: number
  readonly conversations: number
  readonly oldest: Instant | null
  readonly newest: Instant | null
  readonly aside: readonly { readonly reason: string; readonly count: number }[]
  /** Who takes part in the most mails, those of the desk that are known already left out. */
  readonly addresses: readonly { readonly address: string; readonly name: string; readonly count: number }[]
  readonly map: MailMap
}

const MOST_ADDRESSES = 40

/** Goes through a box once. */
export async function surveyBox(desk: Desk, box: Box): Promise<MailSurvey> {
  const nobody = { mailboxes: [], agents: [] }
  return surveyOf(await indexBox(box, await oursOf(desk, nobody), desk.clock.now()))
}

function surveyOf({ mails, aside, people }: Index): MailSurvey {
  const reasons = new Map<string, number>()
  for (const { reason } of aside) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const parts = new Map<number, number>()
  for (const { author, outside } of mails)
    for (const person of new Set([author, ...outside])) parts.set(person, (parts.get(person) ?? 0) + 1)
  const addresses = [...parts]
    .flatMap(([person, count]) => {
      const met = people.get(person)
      return met === undefined || met.side !== 'customer'
        ? []
        : [{ address: met.email, name: met.name, count }]
    })
    .toSorted((a, b) => b.count - a.count || (a.address < b.address ? -1 : 1))
    .slice(0, MOST_ADDRESSES)
  const [first] = addresses
  // Where no mailbox of the desk takes part, whoever is in most mails is whose box it is.
  const isOwner =
    (first?.count ?? 0) * 2 > mails.length && [...people.values()].every(({ side }) => side !== 'mailbox')
  const times = mails.map(({ at }) => at)
  const ends = (pick: (a: number, b: number) => number) =>
    times.length === 0 ? null : instant(times.reduce((a, b) => pick(a, b)))
  return {
    mails: mails.length,
    conversations: conversationsOf(mails).length,
    oldest: ends(Math.min),
    newest: ends(Math.max),
    aside: [...reasons].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
    addresses,
    map: mailMap.parse({ mailboxes: isOwner && first !== undefined ? [first.address] : [] }),
  }
}
