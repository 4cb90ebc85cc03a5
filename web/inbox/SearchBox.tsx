// The search box: the query language completed while it is typed, the people, tickets and articles that fit, and the search itself.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileText, Search, UserRound } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'

import type { TicketPage } from '../../src/api/contract/tickets.ts'
import { useKeys } from '../keys/keys.ts'
import { StatusMark } from '../parts/Marks.tsx'
import { aroundHit, Marked, wordsOf } from '../parts/Marked.tsx'
import type { View } from '../state/views.ts'
import { call } from '../wire/call.ts'
import { foundArticlesQuery } from '../wire/articles.ts'
import { findPeople } from '../wire/desk.ts'
import { keepTicket } from '../wire/tickets.ts'
import { spellingQuery, suggest } from '../wire/views.ts'
import { say } from '../words/say.ts'
import styles from './search.module.css'

type Found = {
  id: string
  group: string
  icon?: ReactNode
  label: ReactNode
  hint?: string
  /** What was found, where the label does not say it. */
  found?: ReactNode
  choose: () => void
}

export function SearchBox({ view }: { view: View }) {
  return <Box key={view.key + view.query} initial={view.key === 'search' ? view.query : ''} />
}

function searchIn(box: HTMLInputElement | null): void {
  box?.focus()
  box?.select()
}

function Box({ initial }: { initial: string }) {
  const box = useRef<HTMLInputElement>(null)
  const listId = useId()
  const navigate = useNavigate()
  const [text, setText] = useState(initial)
  const [cursor, setCursor] = useState(initial.length)
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  useKeys('keys.list', [{ keys: '/', word: 'keys.search', run: () => searchIn(box.current) }])

  const search = (q: string) => {
    setOpen(false)
    box.current?.blur()
    if (q.trim()) void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q: q.trim() } })
    else void navigate({ to: '/inbox/$view', params: { view: 'mine' } })
  }
  const put = (next: string, place: number) => {
    setText(next)
    setCursor(place)
    setAt(-1)
    requestAnimationFrame(() => box.current?.setSelectionRange(place, place))
  }
  const openTicket = (id: number) => {
    setOpen(false)
    box.current?.blur()
    void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: String(id) } })
  }
  const openArticle = (id: number) => {
    setOpen(false)
    box.current?.blur()
    void navigate({ to: '/admin/articles/$articleId', params: { articleId: String(id) } })
  }
  const found = useFound({ text, cursor, enabled: open, put, search, openTicket, openArticle })
  const shown = open && found.length > 0
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown)
      setAt(((at + step + found.length + 2) % (found.length + 1)) - (step < 0 && at === -1 ? 1 : 0))
    else if (event.key === 'Enter' && shown && found[at]) found[at].choose()
    else if (event.key === 'Tab' && shown && !event.shiftKey && found[0]?.id.startsWith('word'))
      found[0].choose()
    else if (event.key === 'Escape') {
      if (shown) setOpen(false)
      else box.current?.blur()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <search className={styles['search']}>
      <form
        className={styles['box']}
        onSubmit={(event) => {
          event.preventDefault()
          search(text)
        }}
      >
        <Search size={14} aria-hidden />
        <input
          ref={box}
          name="q"
          type="text"
          role="combobox"
          aria-label={say('search.label')}
          aria-expanded={shown}
          aria-controls={listId}
          aria-activedescendant={shown && at >= 0 ? `${listId}-${at}` : undefined}
          aria-autocomplete="list"
          enterKeyHint="search"
          placeholder={say('search.hint')}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setCursor(event.target.selectionStart ?? event.target.value.length)
            setAt(-1)
            setOpen(true)
          }}
          onBlur={() => setTimeout(() => setOpen(false), 120)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
        />
        {text === '' && <kbd aria-hidden>/</kbd>}
      </form>
      <ul
        role="listbox"
        id={listId}
        aria-label={say('search.suggestions')}
        className={styles['found']}
        hidden={!shown}
      >
        {shown &&
          found.map((each, index) => (
            <Option
              key={each.id}
              id={`${listId}-${index}`}
              found={each}
              heading={each.group === found[index - 1]?.group ? null : each.group}
              active={index === at}
            />
          ))}
      </ul>
    </search>
  )
}

type OptionProps = { id: string; found: Found; heading: string | null; active: boolean }

function Option({ id, found, heading, active }: OptionProps) {
  return (
    <>
      {heading && (
        <li role="presentation" className={styles['heading']}>
          {heading}
        </li>
      )}
      {/* The box has the keyboard; a press must not take the focus from it. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <li
        id={id}
        role="option"
        aria-selected={active}
        data-active={active || undefined}
        className={styles['option']}
        onMouseDown={(event) => event.preventDefault()}
        onClick={found.choose}
      >
        {found.icon}
        <span className={styles['label']}>
          {found.label}
          {found.found && <small>{found.found}</small>}
        </span>
        {found.hint && <span className={styles['hint']}>{found.hint}</span>}
      </li>
    </>
  )
}

type Asked = {
  text: string
  cursor: number
  enabled: boolean
  put: (text: string, cursor: number) => void
  search: (q: string) => void
  openTicket: (id: number) => void
  openArticle: (id: number) => void
}

function useFound({ text, cursor, enabled, put, search, openTicket, openArticle }: Asked): Found[] {
  const later = useLater(text)
  const typed = later.trim()
  const last = /(?:^|\s)([^\s:"]{2,})$/.exec(later)?.[1] ?? ''
  const words = useQuery({
    queryKey: ['suggest', later, cursor],
    queryFn: ({ signal }) => suggest(later, Math.min(cursor, later.length), signal),
    enabled: enabled && typed !== '',
    placeholderData: (before) => before,
  })
  const people = useQuery({
    queryKey: ['find', 'people', last],
    queryFn: ({ signal }) => findPeople(last, signal),
    enabled: enabled && last !== '',
    gcTime: 10_000,
  })
  const tickets = useQuery({
    queryKey: ['find', 'tickets', typed],
    queryFn: ({ signal }) =>
      call<TicketPage>('GET', '/tickets', { query: { q: typed, typing: 'true', limit: 5 }, signal }),
    enabled: enabled && typed.length > 1,
    placeholderData: (before) => before,
    gcTime: 10_000,
  })
  const free = wordsOf(typed).join(' ')
  const articles = useQuery({
    ...foundArticlesQuery(free),
    enabled: enabled && free.length > 1,
    placeholderData: (before) => before,
  })
  const isVain =
    tickets.data?.items.length === 0 &&
    (free.length < 2 || articles.data?.items.length === 0) &&
    typed.length > 3
  const meant = useQuery({ ...spellingQuery(typed), enabled: enabled && isVain })
  const better = isVain ? (meant.data?.q ?? null) : null
  if (typed === '') return []
  const marks = wordsOf(typed)
  return [
    ...(better === null
      ? []
      : [{ id: 'meant', group: say('search.meant'), label: better, choose: () => search(better) }]),
    ...(words.data?.items ?? []).slice(0, 6).map((item) => ({
      id: `word ${item.label}`,
      group: say('search.continue'),
      label: item.label,
      choose: () =>
        put(
          item.label.endsWith(':') ? item.text : `${item.text} `,
          item.cursor + (item.label.endsWith(':') ? 0 : 1),
        ),
    })),
    ...(last === '' ? [] : (people.data?.items ?? [])).slice(0, 3).map(({ id, name, email }) => ({
      id: `person ${id}`,
      group: say('search.people'),
      icon: <UserRound size={14} aria-hidden />,
      label: name || email,
      hint: name ? email : '',
      choose: () => search(`requester:"${email}"`),
    })),
    ...(tickets.data?.items ?? []).map((ticket) => ({
      id: `ticket ${ticket.id}`,
      group: say('search.tickets'),
      icon: <StatusMark status={ticket.status} bare />,
      label: <Marked text={ticket.subject} words={marks} />,
      hint: `${ticket.requester.name || ticket.requester.email} · #${ticket.id}`,
      found: aroundHit(ticket.subject, marks) === null && foundIn(ticket.snippet ?? '', marks),
      choose: () => {
        keepTicket(ticket)
        openTicket(ticket.id)
      },
    })),
    ...(free.length > 1 ? (articles.data?.items ?? []) : []).map(({ id, title, section }) => ({
      id: `article ${id}`,
      group: say('search.articles'),
      icon: <FileText size={14} aria-hidden />,
      label: <Marked text={title} words={marks} />,
      hint: section?.name ?? '',
      choose: () => openArticle(id),
    })),
  ]
}

function foundIn(text: string, words: readonly string[]): ReactNode {
  const around = aroundHit(text, words)
  return around !== null && <Marked text={around} words={words} />
}

/** The text once typing has paused for a moment. */
function useLater(text: string): string {
  const [later, setLater] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), 90)
    return () => clearTimeout(timer)
  }, [text])
  return later
}
