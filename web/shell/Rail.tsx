// The narrow rail at the edge: the desk's places, then the person.
import { Link, useNavigate } from '@tanstack/react-router'
import { ChartColumn, CircleHelp, Inbox, Plus, Search, Settings } from 'lucide-react'

import { IconButton } from '../parts/Button.tsx'
import { openLayer, setDesk } from '../state/desk-state.ts'
import { lazily } from '../parts/lazily.tsx'
import { Avatar } from '../parts/Marks.tsx'
import { MenuButton } from '../parts/MenuButton.tsx'
import { notify } from '../state/toasts.ts'
import { loadRouting } from '../routing/lazy.ts'
import { say } from '../words/say.ts'
import { reasonOf } from '../wire/call.ts'
import { signOut, useAdministers, useMe } from '../wire/session.ts'
import { Mentions } from './Mentions.tsx'
import styles from './rail.module.css'
import { useCalm } from './calm.ts'

const Here = lazily(() => loadRouting().then((all) => all.Here))

export function Rail() {
  const me = useMe()
  const calm = useCalm()
  const administers = useAdministers()
  return (
    <nav className={styles['rail']} aria-label={say('rail.name')}>
      <Link to="/inbox/$view" params={{ view: 'mine' }} className={styles['place']} title={say('rail.inbox')}>
        <Inbox size={18} aria-hidden />
        <span className="unseen">{say('rail.inbox')}</span>
      </Link>
      <IconButton
        label={say('rail.search')}
        keys="Ctrl K"
        className={styles['place']}
        onClick={() => openLayer('palette')}
      >
        <Search size={18} aria-hidden />
      </IconButton>
      <IconButton
        label={say('rail.new')}
        keys="c"
        className={styles['place']}
        onClick={() => openLayer('new-ticket')}
      >
        <Plus size={18} aria-hidden />
      </IconButton>
      <Link
        to="/reports/$board"
        params={{ board: 'flow' }}
        className={styles['place']}
        title={say('rail.reports')}
      >
        <ChartColumn size={18} aria-hidden />
        <span className="unseen">{say('rail.reports')}</span>
      </Link>
      <span className={styles['gap']} />
      {calm && <Here />}
      <Mentions />
      {administers && (
        <Link to="/admin" className={styles['place']} title={say('rail.admin')}>
          <Settings size={18} aria-hidden />
          <span className="unseen">{say('rail.admin')}</span>
        </Link>
      )}
      <IconButton
        label={say('rail.keys')}
        keys="?"
        className={styles['place']}
        onClick={() => setDesk({ layer: 'keys' })}
      >
        <CircleHelp size={18} aria-hidden />
      </IconButton>
      <Person id={me.id} name={me.name} email={me.email} />
    </nav>
  )
}

function Person({ id, name, email }: { id: number; name: string; email: string }) {
  const navigate = useNavigate()
  const leave = async () => {
    try {
      await signOut()
      void navigate({ to: '/sign-in' })
    } catch (error) {
      notify({ kind: 'error', title: say('signOut.failed'), detail: reasonOf(error) })
    }
  }
  return (
    <MenuButton
      label={say('rail.me', { name })}
      className={styles['place']}
      side="right"
      head={
        <p className={styles['person']}>
          <b>{name}</b>
          {email}
        </p>
      }
      entries={[
        'line',
        { label: say('rail.preferences'), run: () => void navigate({ to: '/me' }) },
        { label: say('rail.signOut'), run: () => void leave() },
      ]}
    >
      <Avatar name={name} of={id} />
    </MenuButton>
  )
}
