// Play mode: the list one ticket after the other, none that a colleague has in hand. The lock is renewed while it is open.
import { useNavigate } from '@tanstack/react-router'
import { SkipForward, Square } from 'lucide-react'
import { useEffect } from 'react'

import { useKeys } from '../keys/keys.ts'
import { Button } from '../parts/Button.tsx'
import { desk, setDesk, useDesk } from '../state/desk-state.ts'
import { playNext, renewLock, stopPlaying } from '../wire/play.ts'
import { say } from '../words/say.ts'
import styles from './play.module.css'

const renewEveryMs = 60_000

export function PlayBar() {
  const play = useDesk((state) => state.play)
  const openId = useDesk((state) => state.openId)
  return play === null || openId === null ? null : <Playing name={play.name} openId={openId} />
}

/** Goes on to the next free ticket; says so when nothing is left. */
export function usePlayNext(): () => Promise<boolean> {
  const navigate = useNavigate()
  return async () => {
    const next = await playNext()
    if (next === null) return false
    void navigate({
      to: '/inbox/$view/$ticketId',
      params: (now) => ({ view: now.view ?? 'all', ticketId: String(next) }),
      search: (now: object) => now,
    })
    return true
  }
}

function Playing({ name, openId }: { name: string; openId: number }) {
  const next = usePlayNext()
  useEffect(() => {
    const timer = setInterval(() => void renewLock(openId), renewEveryMs)
    return () => clearInterval(timer)
  }, [openId])
  useEffect(() => () => void stopPlaying(desk.get().openId), [])
  useKeys('keys.list', [{ keys: '>', word: 'keys.playNext', run: () => void next() }])
  return (
    <div className={styles['play']} role="status">
      <span>{say('play.on', { name })}</span>
      <Button weight="primary" keys=">" onClick={() => void next()}>
        <SkipForward size={13} aria-hidden />
        {say('play.next')}
      </Button>
      <Button weight="quiet" onClick={() => setDesk({ play: null })}>
        <Square size={12} aria-hidden />
        {say('play.stop')}
      </Button>
    </div>
  )
}
