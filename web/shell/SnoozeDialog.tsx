// Snoozing until a date and time of one's own, at most a year ahead.
import { useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { snoozeUntil, snoozing } from '../parts/choices.tsx'
import { TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { useStore } from '../state/store.ts'
import { dayAndTime, useMinute } from '../parts/time.ts'
import { say } from '../words/say.ts'

export function SnoozeDialog() {
  const ids = useStore(snoozing, (now) => now)
  return ids === null ? null : <Asking ids={ids} />
}

const close = () => snoozing.set(null)
const longestMs = 366 * 86_400_000

function Asking({ ids }: { ids: readonly number[] }) {
  const now = useMinute()
  const [text, setText] = useState(() => localText(tomorrow(now)))
  const chosen = new Date(text)
  const fits = chosen.getTime() > now && chosen.getTime() <= now + longestMs
  const snooze = () => {
    close()
    snoozeUntil(ids, chosen.toISOString())
  }
  return (
    <Modal
      title={say('snooze.title', { count: ids.length })}
      open
      onClose={close}
      actions={
        <Button weight="primary" type="submit" form="snooze" disabled={!fits}>
          {fits ? say('snooze.until', { when: dayAndTime(chosen.toISOString()) }) : say('snooze.do')}
        </Button>
      }
    >
      <form
        id="snooze"
        onSubmit={(event) => {
          event.preventDefault()
          if (fits) snooze()
        }}
      >
        <TextField
          label={say('snooze.at')}
          help={say('snooze.help')}
          type="datetime-local"
          value={text}
          min={localText(new Date(now))}
          max={localText(new Date(now + longestMs))}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Modal>
  )
}

function tomorrow(now: number): Date {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 9)
}

/** As `datetime-local` writes it: the person's own zone, to the minute. */
function localText(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
