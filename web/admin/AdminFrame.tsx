// The administration: its own navigation with a search over every setting, one page at a time. Loaded only when somebody goes there.
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

import type { Permission } from '../../src/api/contract.ts'
import { Empty } from '../parts/Empty.tsx'
import { useTitle } from '../state/title.ts'
import { score } from '../parts/score.ts'
import { useMe } from '../wire/session.ts'
import { say, sayAlso, type WordId } from '../words/say.ts'
import styles from './admin.module.css'
import { type AdminPage, groups } from './nav.ts'
import { holds } from './holds.ts'

export function AdminFrame() {
  const { permissions } = useMe()
  const [text, setText] = useState('')
  const main = useRef<HTMLElement>(null)
  const { pathname, search } = useLocation()
  const { find } = search as { find?: WordId }
  const navigate = useNavigate()
  // On a narrow screen the page lies below the way to the others.
  // oxlint-disable-next-line react/exhaustive-deps -- another page is the reason to scroll
  // Newer browsers answer with a promise, which is no clean-up.
  useEffect(
    () => void (/\/admin\/?$/.test(pathname) || main.current?.scrollIntoView({ block: 'start' })),
    [pathname],
  )
  useEffect(() => (find === undefined ? undefined : focusOn(say(find))), [find, pathname])
  const hits = text.trim() === '' ? null : found(text, permissions)
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') setText('')
    const [first] = hits ?? []
    if (key === 'Enter' && first) void navigate(placeOf(first))
  }
  return (
    <div className={styles['admin']}>
      <nav className={styles['nav']} aria-label={say('admin.name')} id="list">
        <p className={styles['navTitle']}>{say('admin.name')}</p>
        <input
          type="search"
          className={styles['navSearch']}
          aria-label={say('nav.search')}
          placeholder={say('nav.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
        />
        {hits === null ? <Groups may={permissions} /> : <Found hits={hits} />}
      </nav>
      <main ref={main} className={styles['main']} id="conversation" tabIndex={-1}>
        {isOpen(pathname, permissions) ? <Outlet /> : <Refused />}
      </main>
    </div>
  )
}

/** Where a narrow window begins: the menu above it is all there is. */
export function AdminMenu() {
  useTitle([say('admin.name')])
  return <h1 className="unseen">{say('admin.name')}</h1>
}

function Groups({ may }: { may: readonly Permission[] }) {
  return groups.map(({ word, pages }) => {
    const shown = pages.filter(({ permission, from }) => from === undefined && may.includes(permission))
    if (shown.length === 0) return null
    return (
      <section key={word}>
        <h2 className={styles['navGroup']}>{say(word)}</h2>
        <ul>
          {shown.map((page) => (
            <li key={page.path}>
              <To page={page} label={say(page.word)} />
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

/** Whether somebody with these rights has anything to do on the page at this address. */
function isOpen(pathname: string, may: readonly Permission[]): boolean {
  const page = groups
    .flatMap(({ pages }) => pages)
    .find(({ path }) => `${pathname}/`.startsWith(`/admin/${path}/`))
  return page === undefined || may.includes(page.permission)
}

function Refused() {
  useTitle([say('admin.name')])
  return (
    <Empty title={say('admin.refused')}>
      <p>{say('admin.refusedHelp')}</p>
    </Empty>
  )
}

type Hit = { page: AdminPage; word: WordId; points: number }

/** Pages and the settings on them, by their own words and by others for the same; those of a page's own first. */
function found(text: string, may: readonly Permission[]): Hit[] {
  return groups
    .flatMap(({ pages }) => pages)
    .filter(({ permission }) => may.includes(permission))
    .flatMap((page) => [page.word, ...(holds[page.path] ?? [])].map((word) => ({ page, word })))
    .map((hit) => ({
      ...hit,
      points: Math.max(score(say(hit.word), text), score(sayAlso(hit.word), text) - 5),
    }))
    .filter(({ points }) => points > 10)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, 12)
}

/** A setting's page with the setting named, so that it is focused there. */
const placeOf = ({ page, word }: Hit) => ({
  to: `/admin/${page.path}` as '/admin',
  search: (word === page.word ? {} : { find: word }) as never,
})

/** Puts the keyboard into the field with this label once it is on the page; a heading is brought into view. */
function focusOn(label: string): () => void {
  const look = () => {
    for (const each of document.querySelectorAll<HTMLElement>('main label, main legend, main h2, main h3')) {
      if (each.textContent?.trim() !== label) continue
      each.scrollIntoView({ block: 'center' })
      if (each instanceof HTMLLabelElement) each.control?.focus()
      return true
    }
    return false
  }
  if (look()) return () => {}
  const watch = new MutationObserver(() => look() && watch.disconnect())
  watch.observe(document.body, { childList: true, subtree: true })
  return () => watch.disconnect()
}

function Found({ hits }: { hits: readonly Hit[] }) {
  if (hits.length === 0) return <p className={styles['navNone']}>{say('pick.none')}</p>
  return (
    <ul>
      {hits.map((hit) => (
        <li key={`${hit.page.path} ${hit.word}`}>
          <Link {...placeOf(hit)} className={styles['navLink']}>
            <span>{say(hit.word)}</span>
            {hit.word !== hit.page.word && <span className={styles['navHint']}>{say(hit.page.word)}</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function To({ page, label }: { page: AdminPage; label: string }) {
  return (
    <Link to={`/admin/${page.path}` as '/admin'} className={styles['navLink']}>
      <span>{label}</span>
    </Link>
  )
}
