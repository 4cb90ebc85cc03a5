// K10: the server restarts while many listen. All are back within ten seconds, not all at once, and nothing is lost or comes twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { runDocket } from '#server.ts'
import { backOff } from '../../widget/ask.ts'
import { comes, listens, type Listening } from '../support/chat.ts'
import { root, quiet } from '../support/database.ts'
import { noDns, startDesk, until } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'

/** A thousand with DOCKET_TEST_LONG=1. */
const CHATS = process.env['DOCKET_TEST_LONG'] === undefined ? 60 : 1_000
const TOGETHER = 10

test('K10: after a restart everybody is back within ten seconds, spread, and hears each message once', async (t) => {
  const desk = await startDesk({ trustedProxies: ['127.0.0.1'] })
  atEnd(t, () => desk.close())
  const { body: widget } = await desk.api('POST', '/widgets', { name: 'Shop', brand: 1 })
  const place = { url: desk.url, key: widget.key, origin: desk.url, isFromAnywhere: true }
  const begin = async () => {
    const visitor = await comes(place)
    const { body } = await visitor.say('Hello')
    return { ticketId: body.state.id as number, cursor: body.cursor as number, token: visitor.token }
  }
  const visitors: Awaited<ReturnType<typeof begin>>[] = []
  // They come one after the other, as people do; all at once is only how they come back.
  while (visitors.length < CHATS)
    visitors.push(...(await Promise.all(Array.from({ length: TOGETHER }, begin))))
  const lines = await Promise.all(
    visitors.map(({ token, ticketId, cursor }) => listens(place, token, ticketId, cursor)),
  )
  await desk.api('POST', `/tickets/${visitors[0]?.ticketId}/messages`, { kind: 'reply', body: 'Before' })
  await until(async () => lines[0]?.texts().includes('Before'))
  await desk.running.stop()
  const parts = { web: true, work: true }
  const again = await runDocket(desk.config, root, quiet, parts, desk.clock, noDns)
  atEnd(t, () => again.stop())
  const startedAt = performance.now()
  const backAt: number[] = []
  // As the widget does: its own waits, from the place that each has come to.
  const back = visitors.map(async ({ token, ticketId, cursor }, index): Promise<Listening> => {
    const from = lines[index]?.heard.findLast(({ event }) => event === 'news')?.data.cursor ?? cursor
    for (let failures = 0; ; failures++) {
      await pause(backOff(failures))
      const line = await listens(place, token, ticketId, from).catch(() => null)
      if (line === null) continue
      backAt.push(performance.now() - startedAt)
      return line
    }
  })
  for (const { ticketId } of visitors.slice(0, 20))
    await desk.api('POST', `/tickets/${ticketId}/messages`, {
      kind: 'reply',
      body: 'After',
      sendAnyway: true,
    })
  const after = await Promise.all(back)
  await until(async () => after.slice(0, 20).every((line) => line.texts().includes('After')))
  assert.ok(Math.max(...backAt) < 10_000, `the last was back after ${Math.max(...backAt)} ms`)
  assert.ok(Math.max(...backAt) - Math.min(...backAt) > 300, 'not all at once')
  for (const line of after.slice(0, 20)) assert.deepEqual(line.texts(), ['After'])
  after.forEach((line) => line.stop())
})
