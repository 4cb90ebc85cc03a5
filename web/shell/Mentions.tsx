// Where colleagues called this person: a bell with a number, and the list behind it. Opening the list reads them all.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { AtSign } from 'lucide-react'
import { useRef, useState } from 'react'

import { IconButton } from '../parts/Button.tsx'
import { Age, Avatar } from '../parts/Marks.tsx'
import { PanelLayer } from '../parts/MenuButton.tsx'
import { mentionsQuery, readMentions } from '../wire/macros.ts'
import { useNews } from '../wire/news.ts'
import { say } from '../words/say.ts'
import styles from './mentions.module.css'
import rail from './rail.module.css'

export function Mentions() {
  useNews()
  const { data } = useQuery(mentionsQuery)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const unread = data?.unread ?? 0
  const change = (next: boolean) => {
    setOpen(next)
    if (!next && unread > 0) void readMentions()
  }
  return (
    <>
      <IconButton
        ref={button}
        label={unread > 0 ? say('mentions.unread', { count: unread }) : say('mentions.name')}
        bare
        className={rail['place']}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => change(!open)}
      >
        <AtSign size={18} aria-hidden />
        {unread > 0 && <span className={styles['count']}>{unread}</span>}
      </IconButton>
      {open && (
        <PanelLayer
          button={button}
          onClose={() => change(false)}
          side="right"
          align="end"
          label={say('mentions.name')}
          className={styles['popup']}
        >
          <h2>{say('mentions.name')}</h2>
          {data?.items.length === 0 && <p className={styles['none']}>{say('mentions.none')}</p>}
          <ul>
            {data?.items.map(({ messageId, ticket, by, at, read, snippet }) => (
              <li key={messageId} data-unread={!read || undefined}>
                <Link
                  to="/inbox/$view/$ticketId"
                  params={{ view: 'all', ticketId: String(ticket.id) }}
                  onClick={() => change(false)}
                >
                  <Avatar name={by.name} of={by.id} size={20} />
                  <span className={styles['text']}>
                    <b>{by.name}</b> · #{ticket.id} {ticket.subject}
                    <span className={styles['snippet']}>{snippet}</span>
                  </span>
                  <Age at={at} bare />
                </Link>
              </li>
            ))}
          </ul>
        </PanelLayer>
      )}
    </>
  )
}
