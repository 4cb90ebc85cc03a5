// M3: an agent's answer by mail is taken only from that agent, proven, and by today's rights; what it becomes is said in a line.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { agentAnswer, readAnswer } from '#desk/inbound/agent-answer.ts'
import { ANSWER_LINE } from '#desk/outbound/automatic-text.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Address } from '#mail/address.ts'
import type { Principal } from '#people/can.ts'
import type { Role } from '#people/role.ts'

const ada = (role: Role, more: Partial<Principal> = {}): Principal => ({
  agentId: 3 as PersonId,
  name: 'Ada',
  email: 'Ada@desk.example',
  role,
  customRole: null,
  sees: 'all',
  teamIds: [],
  limits: null,
  sendDelaySeconds: 10,
  token: null,
  ...more,
})
const adas = 'ada@desk.example' as Address
const north = { teamId: 2 as TeamId, assigneeId: null, brandId: null, mailboxId: null }

const agents = {
  present: ada('agent'),
  left: null,
  viewer: ada('viewer'),
  walled: ada('agent', { sees: 'own_teams', teamIds: [7 as TeamId] }),
  inTeam: ada('agent', { sees: 'own_teams', teamIds: [2 as TeamId] }),
}

test('M3: of author × proof × rights × setting only the proven agent with the right is believed', () => {
  let taken = 0
  for (const author of [adas, 'eve@desk.example' as Address, null])
    for (const check of ['verified', 'unverified', 'failed'] as const)
      for (const [who, agent] of Object.entries(agents))
        for (const agentAnswers of ['off', 'note', 'reply'] as const) {
          const answer = agentAnswer({ author, check }, 'Yes.', { agentAnswers }, agent, north)
          const right =
            author === adas &&
            check === 'verified' &&
            (who === 'present' || who === 'inTeam') &&
            agentAnswers !== 'off'
          equal('kind' in answer, right, JSON.stringify({ author, check, who, agentAnswers }))
          if ('kind' in answer) deepEqual(answer, { kind: agentAnswers, text: 'Yes.' })
          taken += Number('kind' in answer)
        }
  equal(taken, 4)
})

test('the first line decides for one answer', () => {
  for (const [text, usual, kind] of [
    ['#note\nFor us.', 'reply', 'note'],
    ['#Notiz \nFor us.', 'reply', 'note'],
    ['#reply\n\nFor us.', 'note', 'reply'],
    ['#ANTWORT\nFor us.', 'note', 'reply'],
  ] as const)
    deepEqual(readAnswer(text, usual), { kind, text: 'For us.' })
  deepEqual(readAnswer('#1042 is done', 'reply'), { kind: 'reply', text: '#1042 is done' })
})

test('nothing below the line is ever passed on, however a mail program quotes', () => {
  for (const before of ['', '> ', '>> ', '| ', '  ', '\t'])
    deepEqual(readAnswer(`It is shipped.\n\n${before}${ANSWER_LINE}\n${before}Secret`, 'reply'), {
      kind: 'reply',
      text: 'It is shipped.',
    })
  const only = agentAnswer(
    { author: adas, check: 'verified' },
    `${ANSWER_LINE}\nSecret`,
    { agentAnswers: 'reply' },
    agents.present,
    north,
  )
  equal('hold' in only && only.hold, 'empty_message')
})
