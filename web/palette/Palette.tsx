// One box for everything: actions on the ticket at hand, views, places, and tickets found by the server.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import type { TicketPage } from '../../src/api/contract/tickets.ts'
import { assignTo, setStatus } from '../parts/choices.tsx'
import { ask, type Asked, setDesk, targets } from '../parts/desk-state.ts'
import { StatusMark } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { type Choice, PickList } from '../parts/PickList.tsx'
import { savedView, standardViews, teamView } from '../parts/views.ts'
import { say, type WordId } from '../words/say.ts'
import { call } from '../wire/call.ts'
import { useTeams } from '../wire/desk.ts'
import { useMe } from '../wire/session.ts'
import { useViews } from '../wire/views.ts'
import { keepTicket } from '../wire/tickets.ts'

type Action = Choice & { run: () => void }

const asked: ReadonlyArray<readonly [Asked, string]> = [
  ['assignee', 'a'],
  ['status', 's'],
  ['priority', 'p'],
  ['tags', 't'],
  ['team', 'v'],
  ['snooze', 'h'],
  ['category', ''],
]

export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const actions = useActions()
  const navigate = useNavigate()
  const query = useLater(text.trim().replace(/^#/, ''))
  const { data } = useQuery({
    queryKey: ['palette', query],
    queryFn: ({ signal }) =>
      call<TicketPage>('GET', '/tickets', { query: { q: query, typing: 'true', limit: 8 }, signal }),
    enabled: query.length > 1 || /^\d+$/.test(query),
    placeholderData: (last) => last,
  })
  const tickets = text.trim() ? (data?.items ?? []) : []
  const choose = (id: string) => {
    onClose()
    const action = actions.find((other) => other.id === id)
    if (action) return action.run()
    const ticket = tickets.find((other) => `ticket-${other.id}` === id)
    if (!ticket)
      return void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q: text.trim() } })
    keepTicket(ticket)
    void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: String(ticket.id) } })
  }
  const found: Choice[] = tickets.map((ticket) => ({
    id: `ticket-${ticket.id}`,
    label: `#${ticket.id} ${ticket.subject}`,
    hint: ticket.requester.name,
    icon: <StatusMark status={ticket.status} bare />,
    group: say('palette.tickets'),
  }))
  if (text.trim())
    found.push({
      id: 'search',
      label: say('palette.search', { text: text.trim() }),
      group: say('palette.tickets'),
    })
  return (
    <Modal title={say('palette.title')} open onClose={onClose} shape="pick">
      <PickList
        label={say('palette.hint')}
        choices={actions}
        found={found}
        onType={setText}
        onChoose={choose}
      />
    </Modal>
  )
}

/** The text once typing has paused for a moment. */
function useLater(text: string): string {
  const [later, setLater] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), 120)
    return () => clearTimeout(timer)
  }, [text])
  return later
}

const go = (id: string, label: string, run: () => void): Action => ({
  id,
  label,
  group: say('palette.go'),
  run,
})

function useActions(): Action[] {
  const me = useMe()
  const teams = useTeams()
  const saved = useViews()
  const navigate = useNavigate()
  const ids = targets()
  const onTicket =
    ids.length === 1 ? say('palette.onTicket', { id: ids[0] ?? 0 }) : say('bulk.count', { count: ids.length })
  const change = (id: WordId, keys: string, run: () => void): Action => ({
    id,
    label: say(id),
    keys,
    group: onTicket,
    run,
  })
  const changes =
    ids.length === 0
      ? []
      : [
          change('keys.resolve', 'e', () => setStatus(ids, 'resolved')),
          change('keys.assignMe', 'i', () => assignTo(ids, me)),
          ...asked.map(([what, keys]) => change(`ask.${what}`, keys, () => ask(what, ids))),
        ]
  const views = [
    ...standardViews(),
    ...saved.map(savedView),
    ...teams.filter(({ archived }) => !archived).map(teamView),
  ]
  return [
    ...changes,
    {
      id: 'new',
      label: say('keys.new'),
      keys: 'c',
      group: say('palette.go'),
      run: () => setDesk({ layer: 'new-ticket' }),
    },
    ...views.map((view) =>
      go(
        `view-${view.key}`,
        view.name,
        () => void navigate({ to: '/inbox/$view', params: { view: view.key } }),
      ),
    ),
    go('me', say('rail.preferences'), () => void navigate({ to: '/me' })),
    ...(me.role === 'admin' || me.role === 'lead'
      ? [go('admin', say('rail.admin'), () => void navigate({ to: '/admin' }))]
      : []),
    {
      id: 'keys',
      label: say('keys.help'),
      keys: '?',
      group: say('palette.go'),
      run: () => setDesk({ layer: 'keys' }),
    },
  ]
}
