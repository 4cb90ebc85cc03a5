// Choosing one's own keys: press the button, then the key. A key that does something else already is not taken.
import { useEffect, useState } from 'react'

import { readable } from '../keys/keys.ts'
import { remappable, writtenKey } from '../keys/remap.ts'
import { Button } from '../parts/Button.tsx'
import { prefer, usePreference } from '../state/preferences.ts'
import { say, type WordId } from '../words/say.ts'
import styles from './me.module.css'

export function Keys() {
  const own = usePreference('keys')
  const [waiting, setWaiting] = useState<WordId | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (waiting === null) return
    const press = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopPropagation()
      const keys = writtenKey(event)
      if (keys === null) return
      setWaiting(null)
      if (keys === 'Escape') return
      const taken = remappable.find(([word, usual]) => word !== waiting && (own[word] ?? usual) === keys)
      if (taken) return setProblem(say('keys.taken', { keys: readable(keys), what: say(taken[0]) }))
      setProblem(null)
      prefer({ keys: { ...own, [waiting]: keys } })
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [waiting, own])
  return (
    <section className={styles['section']}>
      <h2>{say('keys.title')}</h2>
      <p className={styles['problem']} role="alert">
        {problem}
      </p>
      <ul className={styles['keys']}>
        {remappable.map(([word, usual]) => (
          <li key={word}>
            <span>{say(word)}</span>
            <button
              type="button"
              className={styles['key']}
              aria-label={say('keys.change1', { what: say(word), keys: readable(own[word] ?? usual) })}
              onClick={() => setWaiting(word)}
            >
              {waiting === word ? say('keys.press') : <kbd>{readable(own[word] ?? usual)}</kbd>}
            </button>
          </li>
        ))}
      </ul>
      <Button disabled={Object.keys(own).length === 0} onClick={() => prefer({ keys: {} })}>
        {say('keys.reset')}
      </Button>
    </section>
  )
}
