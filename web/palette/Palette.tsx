// One box for everything: actions on the ticket at hand, views, places, and tickets and articles found by the server.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileText } from 'lucide-react'
import { useEffect, useState } from 'react'

import type { Ticket, TicketPage } from '../../src/api/contract/tickets.ts'
import { assignTo, useQuestion } from '../parts/choices.tsx'
import { useResolve } from '../parts/resolve.ts'
import { useOpen } from '../state/go-on.ts'
import { chooseMacro, merging, writeOn } from '../state/writing.ts'
import { type Asked, desk, openLayer, setDesk, targets } from '../state/desk-state.ts'
import { StatusMark } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { type Choice, PickList } from '../parts/PickList.tsx'
import { recent } from '../state/recent.ts'
import { savedView, standardViews, teamView } from '../state/views.ts'
import { say, type WordId } from '../words/say.ts'
import { foundArticlesQuery } from '../wire/articles.ts'
import { call } from '../wire/call.ts'
import { findPeople, useTeams } from '../wire/desk.ts'
import { useAdministers, useMay, useMe } from '../wire/session.ts'
import { useViews } from '../wire/views.ts'
import { keepTicket, knownTicket } from '../wire/tickets.ts'

type Action = Choice & { run: () => void; stays?: boolean }

/** `#` a ticket, `@` a person, `>` only what can be done. */
const signs = /^[>#@]\s*/

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
  const [nested, setNested] = useState<Asked | null>(null)
  const actions = useActions(setNested)
  const navigate = useNavigate()
  const query = useLater(text.trim().replace(/^#/, ''))
  const { data } = useQuery({
    queryKey: ['palette', query],
    queryFn: ({ signal }) =>
      call<TicketPage>('GET', '/tickets', { query: { q: query, typing: 'true', limit: 8 }, signal }),
    enabled: query.length > 1 || /^\d+$/.test(query),
    placeholderData: (last) => last,
  })
  const person = /^@\s*(.+)/.exec(text.trim())?.[1] ?? ''
  const { data: people } = useQuery({
    queryKey: ['find', 'people', person],
    queryFn: ({ signal }) => findPeople(person, signal),
    enabled: person.length > 1,
  })
  const { data: articles } = useQuery({ ...foundArticlesQuery(query), enabled: /^[^#@>].+/.test(query) })
  const lately = recent.get().flatMap((id) => (id === desk.get().openId ? [] : (knownTicket(id) ?? [])))
  const tickets = text.trim() && person === '' ? (data?.items ?? []) : lately.slice(0, 5)
  const choose = (id: string) => {
    const action = actions.find((other) => other.id === id)
    // A question goes on in the same box; everything else is done with it.
    if (action?.stays !== true) onClose()
    if (action) return action.run()
    if (id.startsWith('person-')) {
      const q = `requester:"${id.slice('person-'.length)}"`
      return void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q } })
    }
    if (id.startsWith('article-')) {
      const articleId = id.slice('article-'.length)
      return void navigate({ to: '/admin/articles/$articleId', params: { articleId } })
    }
    const ticket = tickets.find((other) => `ticket-${other.id}` === id)
    if (!ticket)
      return void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q: text.trim() } })
    keepTicket(ticket)
    void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: String(ticket.id) } })
  }
  const found: Choice[] = tickets.map((ticket) =>
    choiceOf(ticket, say(text.trim() ? 'palette.tickets' : 'recent.name')),
  )
  for (const { name, email } of person === '' ? [] : (people?.items ?? []))
    found.push({ id: `person-${email}`, label: name || email, hint: email, group: say('search.people') })
  for (const { id, title, section } of text.trim() === '' || person !== '' ? [] : (articles?.items ?? []))
    found.push({
      id: `article-${id}`,
      label: title,
      hint: section?.name ?? '',
      icon: <FileText size={14} aria-hidden />,
      group: say('search.articles'),
    })
  if (text.trim() && person === '')
    found.push({
      id: 'search',
      label: say('palette.search', { text: text.trim() }),
      group: say('palette.tickets'),
    })
  const onlyActions = text.trim().startsWith('>')
  if (nested)
    return (
      <Modal title={say(`ask.${nested}`)} open onClose={onClose} shape="pick">
        <Nested key={nested} what={nested} onBack={() => setNested(null)} onDone={onClose} />
      </Modal>
    )
  return (
    <Modal title={say('palette.title')} open onClose={onClose} shape="pick">
      <PickList
        label={say('palette.hint')}
        choices={actions}
        found={onlyActions ? [] : found}
        strip={signs}
        onType={setText}
        onChoose={choose}
      />
    </Modal>
  )
}

const choiceOf = ({ id, subject, requester, status }: Ticket, group: string): Choice => ({
  id: `ticket-${id}`,
  label: `#${id} ${subject}`,
  hint: requester.name,
  icon: <StatusMark status={status} bare />,
  group,
})

/** One step further in: the values of what is to be set, for the ticket at hand or the selection. Backspace goes back. */
function Nested({ what, onBack, onDone }: { what: Asked; onBack: () => void; onDone: () => void }) {
  const ids = targets()
  const question = useQuestion(
    what,
    ids.flatMap((id) => knownTicket(id) ?? []),
    ids,
  )
  const { create } = question
  const done = () => question.many || onDone()
  return (
    <PickList
      label={question.label}
      choices={question.choices}
      chosen={question.chosen}
      onBack={onBack}
      onChoose={(id) => {
        question.choose(id)
        done()
      }}
      {...(create
        ? {
            onCreate: (made: string) => {
              create(made)
              done()
            },
          }
        : {})}
    />
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

/** What is done on the screen of one ticket, which opens for it. */
function useOneTicket(
  ids: readonly number[],
  change: (id: WordId, keys: string, run: () => void) => Action,
): Action[] {
  const mayReply = useMay('ticket.reply')
  const mayNote = useMay('ticket.note')
  const mayMerge = useMay('ticket.merge')
  const open = useOpen()
  const [id] = ids
  if (id === undefined || ids.length > 1) return []
  const on = (then: (id: number) => void) => () => {
    if (desk.get().openId !== id) open(id)
    // The palette gives the keyboard back to what had it; the text takes it after that.
    setTimeout(() => then(id))
  }
  return [
    ...(mayReply
      ? [
          change(
            'keys.reply',
            'r',
            on((one) => writeOn(one, 'reply')),
          ),
        ]
      : []),
    ...(mayNote
      ? [
          change(
            'keys.note',
            'n',
            on((one) => writeOn(one, 'note')),
          ),
        ]
      : []),
    ...(mayReply || mayNote ? [change('keys.macro', 'm', on(chooseMacro))] : []),
    ...(mayMerge
      ? [
          change(
            'more.merge',
            '',
            on((one) => merging.set(one)),
          ),
        ]
      : []),
  ]
}

const go = (id: string, label: string, run: () => void): Action => ({
  id,
  label,
  group: say('palette.go'),
  run,
})

function useActions(askFor: (what: Asked) => void): Action[] {
  const me = useMe()
  const administers = useAdministers()
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
  const resolve = useResolve()
  const onOne = useOneTicket(ids, change)
  const changes =
    ids.length === 0
      ? []
      : [
          ...onOne,
          change('keys.resolve', 'e', resolve),
          change('keys.assignMe', 'i', () => assignTo(ids, me)),
          ...asked.map(([what, keys]) => ({
            ...change(`ask.${what}`, keys, () => askFor(what)),
            stays: true,
          })),
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
      run: () => openLayer('new-ticket'),
    },
    ...views.map((view) =>
      go(
        `view-${view.key}`,
        view.name,
        () => void navigate({ to: '/inbox/$view', params: { view: view.key } }),
      ),
    ),
    go('me', say('rail.preferences'), () => void navigate({ to: '/me' })),
    ...(administers ? [go('admin', say('rail.admin'), () => void navigate({ to: '/admin' }))] : []),
    {
      id: 'keys',
      label: say('keys.help'),
      keys: '?',
      group: say('palette.go'),
      run: () => setDesk({ layer: 'keys' }),
    },
  ]
}
