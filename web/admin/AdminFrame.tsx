// The administration: its own navigation with a search over every setting, one page at a time. Loaded only when somebody goes there.
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

import type { Permission } from '../../src/api/contract.ts'
import { score } from '../parts/score.ts'
import { useMe } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { type AdminPage, groups } from './nav.ts'

export function AdminFrame() {
  const { permissions } = useMe()
  const [text, setText] = useState('')
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // On a narrow screen the page lies below the way to the others.
  // oxlint-disable-next-line react/exhaustive-deps -- another page is the reason to scroll
  // Newer browsers answer with a promise, which is no clean-up.
  useEffect(() => void main.current?.scrollIntoView({ block: 'start' }), [pathname])
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
          onKeyDown={(event) => event.key === 'Escape' && setText('')}
        />
        {text.trim() === '' ? <Groups may={permissions} /> : <Found text={text} may={permissions} />}
      </nav>
      <main ref={main} className={styles['main']} id="conversation" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}

function Groups({ may }: { may: readonly Permission[] }) {
  return groups.map(({ word, pages }) => {
    const shown = pages.filter(({ permission }) => may.includes(permission))
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

function Found({ text, may }: { text: string; may: readonly Permission[] }) {
  const hits = groups
    .flatMap(({ pages }) => pages)
    .filter(({ permission }) => may.includes(permission))
    .flatMap((page) => [page.word, ...(page.holds ?? [])].map((word) => ({ page, word, label: say(word) })))
    .map((hit) => ({ ...hit, points: score(hit.label, text) }))
    .filter(({ points }) => points > 10)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, 12)
  if (hits.length === 0) return <p className={styles['navNone']}>{say('pick.none')}</p>
  return (
    <ul>
      {hits.map(({ page, word, label }) => (
        <li key={`${page.path} ${word}`}>
          <To page={page} label={label} {...(word === page.word ? {} : { hint: say(page.word) })} />
        </li>
      ))}
    </ul>
  )
}

function To({ page, label, hint }: { page: AdminPage; label: string; hint?: string }) {
  return (
    <Link to={`/admin/${page.path}` as '/admin'} className={styles['navLink']}>
      <span>{label}</span>
      {hint && <span className={styles['navHint']}>{hint}</span>}
    </Link>
  )
}
