// The table of who may call what is whole: a route without a line fails, and so does a line without a route.
import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { actions, type Action } from '#people/rights.ts'
import { table } from '../support/access-table.ts'
import { documentOf, hashOf } from '../support/client-package.ts'
import { startDesk } from '../support/desk.ts'

test('every route has one line in the table, with what the desk asks for', async (t) => {
  const asked = new Map<string, string>()
  const note = ({ method, url, config }: RouteOptions) => {
    if (method !== 'HEAD')
      asked.set(`${String(method)} ${url.replace('/api/v1', '')}`, needOf(config?.access))
  }
  subscribe('fastify.initialization', (message) =>
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', note),
  )
  const desk = await startDesk({ work: false })
  t.after(() => desk.close())
  assert.ok(asked.size > 200)
  const written = Object.entries(table).flatMap(([need, routes]) => routes.map((route) => [route, need]))
  assert.equal(new Set(written.map(([route]) => route)).size, written.length, 'each route once')
  assert.deepEqual(Object.fromEntries(written), Object.fromEntries(asked))
  // The types of @docket/client are made of these routes, and kept with the sources.
  const [line] = readFileSync('client/src/api.ts', 'utf8').split('\n', 1)
  const isFresh = line?.endsWith(hashOf(await documentOf(desk)))
  assert.ok(isFresh, 'client/src/api.ts is of another API: run npm run build:client')
})

function needOf(access: string | undefined): string {
  const action = actions[access as Action] as { role: string; scope: string; wholeDesk?: true } | undefined
  if (action === undefined) return access ?? 'nobody said'
  return `${action.role} ${action.scope}${action.wholeDesk === true ? ' whole' : ''}`
}
