// A small desk that routes: Ana and Bert in one team, queues by tag, and a skill that only Bert has.
import type { Call, TestDesk } from './desk.ts'

/** Sets it up and says who is who. */
export async function setRouteMarks(desk: TestDesk) {
  const [ana, bert, viewer, lead] = [
    await desk.addAgent('Ana', 'agent'),
    await desk.addAgent('Bert', 'agent'),
    await desk.addAgent('Vi', 'viewer'),
    await desk.addAgent('Lea', 'admin'),
  ]
  const members = [ana.principal.agentId, bert.principal.agentId]
  for (const name of ['german', 'klingon', 'offered', 'pulled']) await made(desk.api, '/tags', { name })
  const { id: teamId } = await made(desk.api, '/teams', { name: 'North', members })
  const german = await made(desk.api, '/skills', {
    name: 'German',
    needs: [{ q: 'tag:german', minLevel: 3, tier: 0 }],
  })
  await made(desk.api, '/skills', { name: 'Klingon', needs: [{ q: 'tag:klingon', minLevel: 1, tier: 0 }] })
  await desk.api('PATCH', `/staff/${bert.principal.agentId}`, { skills: [{ skillId: german.id, level: 4 }] })
  const team = { primaryTeams: [teamId] }
  await made(desk.api, '/queues', {
    title: 'Offered',
    q: 'tag:offered',
    mode: 'offer',
    offerSeconds: 60,
    ...team,
  })
  await made(desk.api, '/queues', { title: 'Pulled', q: 'tag:pulled', mode: 'pull', ...team })
  await made(desk.api, '/queues', { title: 'General', ...team })
  return {
    teamId: teamId as number,
    ana: { id: ana.principal.agentId as number, call: desk.as(ana.token), ...accountOf(ana) },
    bo: { id: bert.principal.agentId as number, call: desk.as(bert.token) },
    viewer: desk.as(viewer.token),
    lead: accountOf(lead),
  }
}

async function made(api: Call, path: string, body: object) {
  const answer = await api('POST', path, body)
  if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

function accountOf({ email, password }: { email: string; password: string }) {
  return { email, password }
}
