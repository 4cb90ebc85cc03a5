// Where colleagues called this person: a bell with a number, and the list behind it. Opening the list reads them all.
import { Popover } from '@base-ui/react/popover'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { AtSign } from 'lucide-react'
import { useState } from 'react'

import { Age, Avatar } from '../parts/Marks.tsx'
import { mentionsQuery, readMentions } from '../wire/macros.ts'
import { useNews } from '../wire/news.ts'
import { say } from '../words/say.ts'
import styles from './mentions.module.css'
import rail from './rail.module.css'

export function Mentions() {
  useNews()
  const { data } = useQuery(mentionsQuery)
  const [open, setOpen] = useState(false)
  const unread = data?.unread ?? 0
  const change = (next: boolean) => {
    setOpen(next)
    if (!next && unread > 0) void readMentions()
  }
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger className={rail['place']} title={say('mentions.name')}>
        <AtSign size={18} aria-hidden />
        {unread > 0 && <span className={styles['count']}>{unread}</span>}
        <span className="unseen">{say('mentions.unread', { count: unread })}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="right" align="end" sideOffset={8} className={styles['positioner']}>
          <Popover.Popup className={styles['popup']} aria-label={say('mentions.name')}>
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
                    <Avatar name={by.name} size={20} />
                    <span className={styles['text']}>
                      <b>{by.name}</b> · #{ticket.id} {ticket.subject}
                      <span className={styles['snippet']}>{snippet}</span>
                    </span>
                    <Age at={at} bare />
                  </Link>
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
