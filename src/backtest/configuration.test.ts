// What held when: settings, required fields, own addresses, the desk's zone and who was in which team, beside rulebook and policies.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { always, asItWas } from '#backtest/configuration.ts'
import { fidelityOf } from '#backtest/fidelity.ts'
import { replay } from '#backtest/replay.ts'
import { everSince, saying, under } from '#backtest/sentences.ts'
import type { FieldId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { rule } from '#rules/sentences.ts'
import { emptyRulebook, makeReady } from '#rules/rulebook.ts'
import { monday } from '#tickets/sentences.ts'

const empty = makeReady(emptyRulebook)
const [january, march, may] = ['01', '03', '05'].map(
  (month) => `2026-${month}-01T00:00:00.000Z` as Instant,
) as [Instant, Instant, Instant]
const tells = under([rule(1, { on: ['created'], do: [{ notify: { template: 'alert', to: ['team:2'] } }] })])
const field = (id: number) => id as FieldId
const agent = (id: number, archived: boolean) => ({
  id,
  name: `A${id}`,
  email: `a${id}@desk.example`,
  archived,
})
const directory = { ...tells.directory, agents: [agent(10, true), agent(11, false)] }
const today = { ...tells, directory, members: new Map([[2, [11]]]) }
const rulebooks = [{ from: january, to: null, rulebook: today.rulebook }]
const kept = { ...everSince(today), rulebooks }
const still = { teamId: 2, agentId: 11, from: null, to: null }
const ofTime = (from: Instant, autoCloseAfter: number, zone: string) => ({
  from,
  settings: { ...today.settings, autoCloseAfter },
  zone,
})

test('settings hold from their version on, the first also before it', () => {
  const settings = [ofTime(january, 60, 'UTC'), ofTime(march, 3_600, 'Europe/Berlin')]
  const { at, turns } = asItWas(today, { ...kept, settings }, empty)
  assert.deepEqual(turns, [january, march])
  const seen = ['2025-12-01T00:00:00.000Z' as Instant, january, march, may].map((instant) => {
    const { settings: then, zone } = at(instant)
    return [then.autoCloseAfter, zone]
  })
  assert.deepEqual(seen, [
    [60, 'UTC'],
    [60, 'UTC'],
    [3_600, 'Europe/Berlin'],
    [3_600, 'Europe/Berlin'],
  ])
})

test('a team has the members of its time, where a rule asks for them', () => {
  const members = [
    { teamId: 2, agentId: 10, from: null, to: march },
    { teamId: 2, agentId: 11, from: march, to: null },
  ]
  const past = { ...kept, members }
  const { at, turns } = asItWas(today, past, empty)
  assert.deepEqual(turns, [january, march])
  assert.deepEqual([...at(january).members], [[2, [10]]])
  assert.deepEqual([...at(march).members], [[2, [11]]])
  const gone = (instant: Instant) => at(instant).directory.agents.find(({ id }) => id === 10)?.archived
  assert.deepEqual([gone(january), gone(may)], [false, true], 'whoever has left since was here then')
  assert.equal(at(may), today, 'what holds today itself is one and the same')
  const silent = makeReady({ ...emptyRulebook, version: 1 })
  const unasked = [{ from: january, to: null, rulebook: silent }]
  assert.deepEqual(asItWas(today, { ...past, rulebooks: unasked }, empty).turns, [january])
})

test('fields had to be filled in their time, and rules mail nothing to what was the desk’s own address then', () => {
  const live = { ...today, settings: { ...today.settings, requiredOnResolve: [{ fieldId: field(8) }] } }
  const addresses = [...kept.addresses, { address: 'old@desk.example', from: january, to: march }]
  const required = [
    { fieldId: field(7), from: null, to: march },
    { fieldId: field(8), from: march, to: null },
  ]
  const { at, turns } = asItWas(live, { ...kept, members: [still], addresses, required }, empty)
  assert.deepEqual(turns, [january, march])
  const seen = [january, may].map((instant) => {
    const { settings, ownAddresses } = at(instant)
    return [settings.requiredOnResolve.map(({ fieldId }) => fieldId), ownAddresses.has('old@desk.example')]
  })
  assert.deepEqual(seen, [
    [[7], true],
    [[8], false],
  ])
  assert.equal(at(may), live)
})

test('what is older than what is kept is named so where it comes out otherwise', () => {
  const raises = under([rule(1, { on: ['created'], do: [{ setPriority: 'high' }] })])
  const other = under([rule(1, { on: ['created'], do: [{ setPriority: 'low' }] })])
  const past = saying(1, 'Hello', [], raises)
  const life = replay(past, always(other), past.until)
  assert.ok(life)
  const causes = [null, monday, plus(monday, 60)].map((since) => fidelityOf(past, life, since).cause)
  assert.deepEqual(causes, ['unknown', 'unknown', 'config_not_versioned'])
})
