// Tickets that are opened at the same moment share a statement: each gets what is its own, and none pays for another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { open } from '#desk/act.ts'
import { bySystem, type Content } from '#desk/update.ts'
import type { BrandId, MessageId, SubjectRevisionId } from '#kit/ids.ts'
import { identify } from '#people/person-store.ts'
import { sql } from '#store/sql.ts'
import { startDesk } from '../support/desk.ts'
import { plainText } from '#tickets/write/message-store.ts'

test('each ticket has its own number, messages, tags and log, and nobody more mail than the budget', async (t) => {
  const desk = await startDesk({ work: false })
  t.after(() => desk.close())
  const { database } = desk.running.desk
  const numbered = Array.from({ length: 40 }, (_, index) => index)
  const answers = await Promise.all(
    numbered.map((index) =>
      desk.api('POST', '/tickets', {
        subject: `Parcel ${index}`,
        body: `About parcel ${index}`,
        // The first thirty are one person's, however they spell themselves.
        requester: {
          email: index < 30 ? `${index % 2 ? 'a' : 'A'}nn@customer.example` : `c${index}@customer.example`,
          name: 'C',
        },
        tags: [`tag-${index % 3}`],
      }),
    ),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 40)
  for (const [index, { body }] of answers.entries()) {
    assert.equal(body.subject, `Parcel ${index}`)
    assert.deepEqual(body.tags, [`tag-${index % 3}`])
    const messages = await desk.api('GET', `/tickets/${body.id}/messages`)
    assert.deepEqual(
      messages.body.items.map((each: { text: string }) => each.text),
      [`About parcel ${index}`],
    )
  }
  const mails = await database.rows<{ to: string; n: number }>(
    sql`select to_email as to, count(*)::int as n from outbox group by 1 order by n desc, 1`,
  )
  assert.deepEqual(mails[0], { to: 'ann@customer.example', n: 5 })
  assert.equal(mails.length, 11)
  assert.deepEqual((await verifyAll(database)).differences, [])
})

test('a ticket that cannot be written fails alone', async (t) => {
  const desk = await startDesk({ work: false })
  t.after(() => desk.close())
  const inner = desk.running.desk
  const requesterId = await identify(inner.database, 'ann@customer.example', 'Ann')
  const begin = async (kind: string) => {
    const messageId = (await inner.ids.next()) as MessageId
    const subjectRevisionId = (await inner.ids.next()) as SubjectRevisionId
    const message = {
      ...plainText,
      id: messageId,
      kind,
      direction: 'inbound',
      authorId: requesterId,
      authorType: 'requester',
      channel: 'api',
      at: desk.clock.now(),
      bodyText: 'Hello',
    } as unknown as NonNullable<Content['messages']>[number]
    const command = {
      kind: 'open',
      messageId,
      messageKind: 'reply',
      direction: 'inbound',
      requesterId,
      brandId: 1 as BrandId,
      channel: 'api',
      set: { subjectRevisionId },
    } as const
    const subject = { id: subjectRevisionId, text: 'Hello' }
    return open(inner, inner.database, command, bySystem, { messages: [message], subject, silent: true })
  }
  const ended = await Promise.allSettled([
    begin('reply'),
    begin('reply'),
    begin('nothing known'),
    begin('reply'),
  ])
  assert.deepEqual(
    ended.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  const [row] = await inner.database.rows<{ n: number }>(sql`select count(*)::int as n from ticket`)
  assert.equal(row?.n, 3)
})
