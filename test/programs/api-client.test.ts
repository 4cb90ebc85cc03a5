// How tools call a desk that is busy, away, or no desk at all.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { z } from 'zod'
import { apiAt } from '#programs/api-client.ts'

type Answering = (response: ServerResponse, nth: number) => void

/** Runs `work` against a server that answers as told; gives what it was asked. */
async function against(answering: Answering, work: (url: string) => Promise<unknown>) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => answering(response, asked.push(request)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => server.close())
  return asked
}

const json = (response: ServerResponse, status: number, body: object, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const busy = (status: number) => ({ type: 'https://docket.dev/problems/x', title: 'Too many', status })
const done = z.object({ ok: z.boolean() })
const never = new AbortController().signal

test('a busy desk is asked again as it says, under the same key', async () => {
  const asked = await against(
    (response, nth) =>
      nth < 3
        ? json(response, nth === 1 ? 429 : 503, busy(429), { 'retry-after': '0' })
        : json(response, 201, { ok: true }),
    async (url) => {
      assert.deepEqual(await apiAt(url, 't', never).send('POST', '/x', done, { a: 1 }), { ok: true })
    },
  )
  const keys = asked.map(({ headers }) => headers['idempotency-key'])
  assert.equal(keys.length, 3)
  assert.equal(new Set(keys).size, 1)
  assert.match(String(keys[0]), /^.{20,}$/)
})

test('a desk that stays busy is left alone in the end', async () => {
  const asked = await against(
    (response) => json(response, 429, busy(429), { 'retry-after': '0' }),
    async (url) => {
      await assert.rejects(apiAt(url, 't', never).get('/x', done), /Too many/)
    },
  )
  assert.equal(asked.length, 4)
})

test('other refusals and failures are not repeated', async () => {
  for (const status of [400, 403, 404, 409, 500]) {
    const asked = await against(
      (response) => json(response, status, busy(status)),
      (url) => assert.rejects(apiAt(url, 't', never).send('PATCH', '/x', done, {})),
    )
    assert.equal(asked.length, 1, String(status))
  }
})

test('the token does not follow where an address leads', async () => {
  const elsewhere = await against(
    (response) => json(response, 200, { ok: true }),
    async (other) => {
      await against(
        (response) => response.writeHead(302, { location: `${other}/api/v1/x` }).end(),
        (url) => assert.rejects(apiAt(url, 't', never).get('/x', done), /does not answer/),
      )
    },
  )
  assert.deepEqual(elsewhere, [])
})

test('what is no desk is told apart', async () => {
  await against(
    (response) => response.end('<h1>Welcome</h1>'),
    (url) => assert.rejects(apiAt(url, 't', never).get('/x', done), /is a desk there/),
  )
})
