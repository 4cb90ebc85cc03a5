// The Request Tracker of the distribution, set up and worked in by its own objects: what it wrote down of that is what comes here.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importFrom } from '#imports/begin.ts'
import { openSource } from '#imports/open-source.ts'
import { systemClock } from '#kit/clock.ts'
import { startDesk } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { startMariadb } from '../support/mariadb.ts'
import { fillRequestTracker, withoutRequestTracker } from '../support/request-tracker.ts'
import { toldOn } from '../support/told.ts'

const limits = { skip: withoutRequestTracker(), timeout: 240_000 }

test(
  'a real Request Tracker comes with who wrote, worked, moved, merged and linked, once',
  limits,
  async (t) => {
    const [desk, old] = await Promise.all([startDesk(), startMariadb()])
    atEnd(t, () => Promise.all([desk.close(), old.close()]))
    const id = await fillRequestTracker(old, 'rt5', temporaryFolder(t))
    desk.clock.set(systemClock.now())
    const { lamp = 0, again = 0, moved = 0, spam = 0, gone = 0 } = id
    const inside = desk.running.desk
    const source = () =>
      openSource(inside, inside.egress, { kind: 'rt', database: old.url('rt5') }, { local: { files: null } })
    const run = await importFrom(inside, source(), {})
    assert.equal(run.complete, true)
    const seen = Object.entries(run.counts).map(([kind, each]) => [
      kind,
      [each.seen, each.created, each.skipped],
    ])
    assert.deepEqual(Object.fromEntries(seen), {
      // The queue for all that it comes with, and the class of articles.
      groups: [3, 3, 0],
      sections: [1, 1, 0],
      fields: [1, 1, 0],
      users: [4, 4, 0],
      tickets: [5, 4, 1],
      merges: [1, 1, 0],
      links: [1, 1, 0],
    })
    assert.deepEqual(
      run.problems.map(({ reason, sample }) => [reason, sample]),
      [['deleted there', String(gone)]],
    )

    const { linesOf, changesOf, ticketOf, filesOf, silentAndWhole } = toldOn(() => desk)
    const said = async (ticketId: number) => (await linesOf(ticketId)).map((line) => line.slice(25))
    const became = async (ticketId: number) => (await changesOf(ticketId)).map((line) => line.slice(25))
    assert.deepEqual(await said(lamp), [
      'inbound Cy Müller: Schöne Grüße, sie flackert.',
      'outbound Ada Okafor: Hello Cy,\n\nturn the bulb, please.\n\nAda',
      'internal Ada Okafor: Could be the dimmer.',
      'inbound Cy Müller: That helped – danke ☺',
    ])
    assert.deepEqual(await filesOf(lamp), ['bild.png 5001', 'rechnung.pdf 15'])
    assert.deepEqual(await became(lamp), ['open', 'resolved'])
    assert.deepEqual(await ticketOf(lamp), {
      subject: 'Die Lampe flackert – dauernd',
      status: 'resolved',
      priority: 'high',
      tags: [],
      channel: 'email',
      team: 'Repairs',
      assignee: 'Ada Okafor',
      requester: 'Cy Müller',
    })
    const { fields, participants } = (await desk.api('GET', `/tickets/${lamp}`)).body
    assert.deepEqual(Object.values(fields), ['Lamp'])
    assert.deepEqual(
      participants.map(({ email, role }: Record<string, string>) => [email, role]),
      [['di@desk.example', 'cc']],
    )
    assert.equal((await desk.api('GET', `/tickets/${again}`)).body.mergedInto, lamp)
    const other = await ticketOf(moved)
    assert.deepEqual(
      [other?.['subject'], other?.['team'], other?.['status']],
      ['Right place', 'Returns', 'pending'],
    )
    assert.deepEqual(await became(spam), ['closed'])
    await silentAndWhole()
    const twice = (await importFrom(inside, source(), {})).counts['tickets']
    assert.deepEqual([twice?.unchanged, twice?.created, twice?.updated], [4, 0, 0])
  },
)
