// Asks the server for what the first screen shows while the app itself is still on its way: a small file that runs before all
// others. The app takes the answers when it comes to ask the same.
import type { Me } from '../../src/api/contract.ts'
import { queryOf, standardQueries } from '../state/standard-queries.ts'
import { addressOf, type Query } from './address.ts'

/** What nobody took by then is not used any more. */
const KEPT_MS = 10_000

const answers = new Map<string, Promise<Response>>()

/** The answer to what was asked early, once; undefined for everything else. */
export function takeEarly(address: string): Promise<Response> | undefined {
  const answer = answers.get(address)
  answers.delete(address)
  return answer
}

function ask(path: string, query?: Query): Promise<Response> {
  const address = addressOf(path, query)
  const answer = fetch(address, { headers: { accept: 'application/json' }, credentials: 'same-origin' })
  // Whoever takes it hears of the failure.
  answer.catch(() => undefined)
  answers.set(address, answer)
  return answer
}

async function askForInbox(view: string, ticketId: string | undefined): Promise<void> {
  const session = await ask('/session')
  if (!session.ok) return
  const who = session.clone()
  if (ticketId !== undefined) {
    void ask(`/tickets/${ticketId}`)
    void ask(`/tickets/${ticketId}/messages`, { before: 'end', limit: 30 })
  }
  const standard = Object.entries(standardQueries).find(([key]) => key === view)?.[1]
  if (standard && location.search === '')
    void ask('/tickets/ids', {
      q: queryOf(standard, standard.firstTab),
      sort: standard.isWork ? 'due' : undefined,
    })
  void ask('/tickets/counts')
  void ask('/views')
  void ask('/teams', { limit: 200 })
  // All of it is closed then; a refusal kept from before would lead back when it is open again. Not waited for before: the app,
  // which reads the same answer, would ask everything a second time.
  if (((await who.json()) as Me).mustAddFactor) answers.clear()
}

const [, place, view = 'mine', ticketId] = location.pathname.split('/')
if (place === '' || place === 'inbox') askForInbox(view, ticketId).catch(() => undefined)
if (place === 'tickets') askForInbox('all', view).catch(() => undefined)
setTimeout(() => answers.clear(), KEPT_MS)
