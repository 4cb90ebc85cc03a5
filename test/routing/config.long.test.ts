// Teams, skills and queues as a file: exported, planned, applied; the same file again changes nothing.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { applyRouting } from '#commands/routing-apply.ts'
import { readRoutingFile, routingAsFile, routingChanges } from '#commands/routing-file.ts'
import { docket as runDocket } from '../support/command.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { setRouteMarks } from '../support/route-world.ts'

let desk: TestDesk
const folder = mkdtempSync(join(tmpdir(), 'docket-routing-'))
const file = join(folder, 'routing.yaml')
before(async () => {
  desk = await startDesk({ relay: false })
  await setRouteMarks(desk)
})
after(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const docket = (...args: string[]) => runDocket(desk, folder, args)
const items = async (path: string) => (await desk.api('GET', path)).body.items

test('what is exported plans as no change; edited, it is planned, applied, and exports as it was written', async () => {
  const exported = (await docket('config', 'export', '--routing')).out
  assert.match(exported, /kind: Routing/)
  assert.match(exported, /bert@desk.example: 4/)
  const live = async () => routingAsFile(desk.running.desk, desk.running.desk.database)
  const { file: read, problems } = readRoutingFile(exported)
  assert.deepEqual(problems, [])
  assert.ok(read !== null)
  assert.deepEqual(routingChanges(await live(), read), [])
  const edited = exported
    .replace(
      '  - name: North\n    members:\n',
      '  - name: South\n    members:\n      - ana@desk.example\n  - name: North\n    members:\n',
    )
    .replace('bert@desk.example: 4', 'ana@desk.example: 2\n      bert@desk.example: 5')
    .replace(/ {2}- title: Pulled[\s\S]*?(?= {2}- title: )/, '')
    .concat(
      '  - title: Night\n    q: tag:german\n    primaryTeams: [South]\n    mode: pull\n    overflowsInto: General\n',
    )
  writeFileSync(file, edited)
  const plan = await docket('config', 'plan', file)
  assert.equal(plan.code, 2, plan.err)
  for (const line of ['+ team South', '~ skill German: holders', '+ queue Night', '- queue Pulled'])
    assert.ok(plan.out.includes(line), `${line} in ${plan.out}`)
  assert.equal((await items('/teams')).length, 1, 'a plan changes nothing')
  const view = await desk.api('POST', '/views', { name: 'Pulled', scope: 'shared', query: 'queue:Pulled' })
  assert.ok(view.status < 300, JSON.stringify(view.body))
  const inUse = await docket('config', 'apply', file)
  assert.equal(inUse.code, 1)
  assert.match(inUse.err, /The queue “Pulled” is used in one view/)
  await desk.api('DELETE', `/views/${view.body.id}`)
  const applied = await docket('config', 'apply', file)
  assert.equal(applied.code, 0, applied.err)
  const queues = await until(async () => {
    const found = await items('/queues')
    return found.some(({ title }: { title: string }) => title === 'Night') && found
  })
  assert.deepEqual(
    queues.map(({ title }: { title: string }) => title),
    ['Offered', 'General', 'Night'],
  )
  assert.equal(queues[2].overflowQueueId, queues[1].id)
  const [german] = await items('/skills')
  assert.deepEqual(german.holders.map(({ level }: { level: number }) => level).toSorted(), [2, 5])
  assert.equal((await docket('config', 'apply', file)).out, 'No changes.\n')
})

test('an unknown agent, a condition nobody understands and a misspelt word are named, and nothing is written', async () => {
  const { running } = desk
  const wrong = async (text: string): Promise<string> => {
    const { file: read, problems } = readRoutingFile(`apiVersion: docket/v1\nkind: Routing\n${text}`)
    if (read === null) return problems.join()
    const applying = running.desk.database.transaction((tx) => applyRouting(running.desk, tx, read))
    return applying.then(
      () => 'applied',
      (error: Error) => error.message,
    )
  }
  assert.match(
    await wrong('teams: [{ name: East, members: [no@body.example] }]'),
    /no active agent no@body.example/,
  )
  assert.match(
    await wrong('skills: [{ name: X, needs: [{ q: "status:flying", minLevel: 1, tier: 0 }] }]'),
    /needs.0.q/,
  )
  assert.match(await wrong('queues: [{ title: X, primaryTeam: [North] }]'), /queues.0/)
  assert.match(await wrong('queues: [{ title: X, primaryTeams: [Nowhere] }]'), /There is no team Nowhere/)
  assert.match(
    await wrong('queues: [{ title: X, primaryTeams: [North] }, { title: X, primaryTeams: [North] }]'),
    /twice/,
  )
  assert.equal(await wrong('teams: []'), 'applied', 'what a file leaves out stays')
  assert.equal((await items('/queues')).length, 3)
  assert.ok((await items('/teams')).every(({ name }: { name: string }) => name !== 'East'))
})
