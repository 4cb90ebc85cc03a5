// `demo`: fills an empty desk with a believable company and its last half year of tickets.
import { chatStories } from '../../demo/chats.ts'
import { agents, company } from '../../demo/company.ts'
import { setUpArticles } from '../../demo/articles.ts'
import { setUpReaders } from '../../demo/readers.ts'
import { setUpMacros } from '../../demo/macros.ts'
import { setUpRouting, withMorning, withSomebodyAway } from '../../demo/routing.ts'
import { begin, goOn } from '../../demo/run.ts'
import { emailOf, PASSWORD, setUp, setUpSurvey } from '../../demo/set-up.ts'
import { stories, type Story } from '../../demo/story.ts'
import { createEgress } from '#channels/egress.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { createDns } from '#channels/dns.ts'
import { withStore } from '#commands/with-database.ts'
import type { Desk } from '#desk/desk.ts'
import { cacheSetup } from '#desk/setup-cache.ts'
import { systemClock } from '#kit/clock.ts'
import { instant } from '#kit/time.ts'
import { newestPersonId, noteInvented } from '#setup/sample-store.ts'
import { createIds, drawBlocks, idsOf } from '#store/blocks.ts'
import { createSeal } from '#store/seal.ts'
import { newestEventId } from '#tickets/ticket-store.ts'

const TICKETS_AT_ONCE = 20
/** More than the messages, subjects and updates of twenty tickets ever need. */
const BLOCKS_FOR_EACH = 100
const TRANSACTIONS_AT_ONCE = 4

export const demo: Command = {
  usage: 'demo [--tickets N] [--seed S] [--until DATE] [--json]',
  about:
    'Fills an empty desk with a simulated company and N tickets of history; the same seed and day give the same.',
  run: async (args) => {
    const { values } = readArguments(demo, args, {
      tickets: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      until: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [count, seed] = [Number(values.tickets), Number(values.seed)]
    const until = Date.parse(values.until ?? systemClock.now().slice(0, 10))
    if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || Number.isNaN(until)) {
      throw new Stop(64, `Usage: ./docket ${demo.usage}`)
    }
    const seconds = await withStore(({ database, aside, blobs, secret }, config, log) => {
      const base = {
        database,
        replica: null,
        blobs,
        secret,
        seal: createSeal(secret, config.oldSecrets),
        dns: createDns(),
        egress: createEgress(config.allowHosts),
        log,
        clock: systemClock,
        ids: createIds(aside),
        setup: cacheSetup(aside),
        storage: config,
      }
      return fill({ ...base, baseUrl: config.baseUrl, canSend: false }, count, seed, until, {
        morning: true,
        invented: true,
      })
    })
    if (values.json === true) return console.log(JSON.stringify({ tickets: count, seed, seconds }))
    console.log(
      `${company.name} has ${count} tickets, and some chats (${seconds.toFixed(1)} s). Sign in as any of these, password "${PASSWORD}":`,
    )
    for (const { name, role, team } of agents)
      console.log(`  ${emailOf(name).padEnd(36)} ${role.padEnd(7)} ${team}`)
  },
}

const withChats = (all: readonly Story[], until: number): Story[] =>
  [...all, ...chatStories(until)].toSorted((a, b) => a.at - b.at)

/** Fills the desk and returns the seconds it took; refuses a desk that has tickets. In the `morning` some of them wait for people;
 * `invented` people get no mail. */
export async function fill(
  desk: Desk,
  count: number,
  seed: number,
  until: number,
  options: { morning?: boolean; invented?: boolean } = {},
): Promise<number> {
  if ((await newestEventId(desk.database)) > 0)
    throw new Stop(
      65,
      'This desk has tickets already. The demo wants an empty one: set DOCKET_DATA to a new folder.',
    )
  const startedAt = performance.now()
  const newestPerson = await newestPersonId(desk.database)
  const told = stories(count, seed, until)
  const all =
    options.morning === true ? withChats(withMorning(withSomebodyAway(told, until), until), until) : told
  const cast = await desk.database.transaction((tx) => setUp(desk, tx, instant(all[0]?.at ?? until)))
  desk.setup.forget()
  let taken = 0
  let done = 0
  // Tickets open in one line and messages have numbers reserved for them, so that the same seed gives the same desk, numbers
  // included; what happens to the tickets then runs side by side.
  let opened: Promise<unknown> = Promise.resolve()
  const blocks = await drawBlocks(desk.database, Math.ceil(all.length / TICKETS_AT_ONCE) * BLOCKS_FOR_EACH)
  const worker = async () => {
    while (taken < all.length) {
      const some = all.slice(taken, taken + TICKETS_AT_ONCE)
      const first = (taken / TICKETS_AT_ONCE) * BLOCKS_FOR_EACH
      const own: Desk = { ...desk, ids: idsOf(blocks.slice(first, first + BLOCKS_FOR_EACH)) }
      taken += some.length
      const beginning = opened.then(() => desk.database.transaction((tx) => begin(own, tx, cast, some)))
      opened = beginning
      const begun = await beginning
      await desk.database.transaction((tx) => goOn(own, tx, cast, begun, instant(until)))
      done += some.length
      const { length } = all
      if (Math.floor((done * 10) / length) > Math.floor(((done - some.length) * 10) / length)) {
        console.error(`${done} of ${length} tickets …`)
      }
    }
  }
  await Promise.all(Array.from({ length: TRANSACTIONS_AT_ONCE }, worker))
  if (options.invented === true) await noteInvented(desk.database, newestPerson)
  await setUpArticles(desk, cast, instant(until))
  await setUpReaders(desk, cast.brandId, instant(until))
  await setUpSurvey(desk, cast)
  if (options.morning === true) {
    await setUpMacros(desk, cast, instant(until))
    await setUpRouting(desk, cast, instant(until))
  }
  return (performance.now() - startedAt) / 1000
}
