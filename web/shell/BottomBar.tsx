// On a phone the rail lies at the bottom, in reach of a thumb.
import { Link } from '@tanstack/react-router'
import { ChartColumn, Inbox, Plus, Search, UserRound } from 'lucide-react'

import { openLayer } from '../state/desk-state.ts'
import { say } from '../words/say.ts'
import styles from './rail.module.css'

export function BottomBar() {
  return (
    <nav className={styles['bottom']} aria-label={say('rail.name')}>
      <Link to="/inbox/$view" params={{ view: 'mine' }}>
        <Inbox size={18} aria-hidden />
        {say('rail.inbox')}
      </Link>
      <button type="button" onClick={() => openLayer('palette')}>
        <Search size={18} aria-hidden />
        {say('rail.search')}
      </button>
      <button type="button" onClick={() => openLayer('new-ticket')}>
        <Plus size={18} aria-hidden />
        {say('rail.newShort')}
      </button>
      <Link to="/reports/$board" params={{ board: 'flow' }}>
        <ChartColumn size={18} aria-hidden />
        {say('rail.reports')}
      </Link>
      <Link to="/me">
        <UserRound size={18} aria-hidden />
        {say('rail.meShort')}
      </Link>
    </nav>
  )
}
