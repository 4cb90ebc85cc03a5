// A PostgreSQL of somebody else that is restarted under writers, in turn fast and at once: what was acknowledged is counted after.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '#store/embedded.ts'
import { letter, post } from './customer.ts'
import { quiet, root } from './database.ts'
import { until } from './desk.ts'
import { startProcess, type DocketProcess } from './process.ts'

export type Count = { readonly acknowledged: number; readonly lost: number; readonly doubled: number }

const SIGNALS = ['SIGINT', 'SIGQUIT'] as const

/** Half the writers send mails, half open tickets by the API; each tries again until its thing is acknowledged. */
export async function underRestarts(restarts: number, writers: number): Promise<Count> {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'docket-restart-')))
  const server = await startEmbedded({ root, dataDir: folders[0] ?? '', log: quiet })
  const docket = await startProcess(folders[1] ?? '', server.url)
  const acknowledged = new Set<string>()
  let isOver = false
  try {
    const writing = Array.from({ length: writers }, async (_, writer) => {
      while (!isOver) acknowledged.add(await (writer % 2 === 0 ? mails : opens)(docket))
    })
    for (let n = 0; n < restarts; n++) {
      await pause(400 + (n % 5) * 130)
      // A slow machine writes less in that time; a restart that nobody was writing under would show nothing.
      const enough = (n + 1) * writers * 2
      await until(() => Promise.resolve(acknowledged.size >= enough), 60_000)
      process.kill(server.pid(), SIGNALS[n % 2])
      await until(async () => (await docket.readiness()) === 503)
      await until(async () => (await docket.readiness()) === 200, 60_000)
      assert.ok(!docket.hasEnded(), `it ended at restart ${n + 1}`)
    }
    isOver = true
    await Promise.all(writing)
    const found = await subjects(docket, acknowledged)
    assert.equal(await docket.stop(), 0)
    const lost = [...acknowledged].filter((subject) => !found.includes(subject)).length
    return { acknowledged: acknowledged.size, lost, doubled: found.length - new Set(found).size }
  } finally {
    isOver = true
    docket.child.kill('SIGKILL')
    await server.stop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

async function mails({ smtpPort, hasEnded }: DocketProcess): Promise<string> {
  const subject = `Mail ${randomUUID()}`
  const raw = letter({ from: 'cy@customer.example', to: 'support@docket.localhost', subject })
  const envelope = { from: 'cy@customer.example', to: ['support@docket.localhost'] }
  return again(hasEnded, subject, async () => (await post(smtpPort, raw, envelope)).startsWith('250'))
}

async function opens({ url, token, hasEnded }: DocketProcess): Promise<string> {
  const subject = `Call ${randomUUID()}`
  const request = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ subject, body: 'Hello', requester: { email: 'cy@customer.example' } }),
  }
  return again(hasEnded, subject, async () => (await fetch(`${url}/api/v1/tickets`, request)).status === 201)
}

async function again(hasEnded: () => boolean, subject: string, send: () => Promise<boolean>) {
  while (!(await send().catch(() => false))) {
    if (hasEnded()) throw new Error('Docket ended')
    await pause(50)
  }
  // As many as can be read within the test's time.
  await pause(60)
  return subject
}

/** The subjects of all tickets, once all mail is read. */
async function subjects({ url, token }: DocketProcess, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const headers = { authorization: `Bearer ${token}` }
  const all = async () => {
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor === '' ? '' : `&cursor=${cursor}`
      const response = await fetch(`${url}/api/v1/tickets?limit=200&sort=oldest${query}`, { headers })
      const page = (await response.json()) as { items: { subject: string }[]; nextCursor: string | null }
      found.push(...page.items.map(({ subject }) => subject))
      cursor = page.nextCursor
    }
    return found
  }
  await until(async () => {
    await pause(500)
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text()
    return /docket_waiting\{lane="inbound"\} 0/.test(metrics) && (await all()).length >= acknowledged.size
  }, 120_000).catch(() => {})
  return all()
}
