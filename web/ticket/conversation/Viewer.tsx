// Pictures large: arrows move, Escape goes back to where one was.
import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { useEffect, useState } from 'react'

import type { Attachment } from '../../../src/api/contract/messages.ts'
import { IconButton } from '../../parts/Button.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import styles from './viewer.module.css'

type Props = { pictures: readonly Attachment[]; at: number; onClose: () => void }

export function Viewer({ pictures, at, onClose }: Props) {
  const [index, setIndex] = useState(at)
  const count = pictures.length
  // Wherever in the dialog the keyboard is; the dialog itself lets no arrow out.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const steps = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
      if (steps !== 0) setIndex((now) => (now + steps + count) % count)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [count])
  const picture = pictures[index]
  if (!picture) return null
  const move = (steps: number) => setIndex((index + steps + count) % count)
  return (
    <Modal title={`${picture.name} · ${index + 1}/${count}`} open onClose={onClose} shape="wide">
      <div className={styles['viewer']} role="group" aria-label={picture.name}>
        <img src={picture.url} alt={picture.name} />
        <div className={styles['tools']}>
          <IconButton label={say('viewer.previous')} disabled={count < 2} onClick={() => move(-1)}>
            <ChevronLeft size={18} aria-hidden />
          </IconButton>
          <IconButton label={say('viewer.next')} disabled={count < 2} onClick={() => move(1)}>
            <ChevronRight size={18} aria-hidden />
          </IconButton>
          <a href={picture.url} download={picture.name} className={styles['download']}>
            <Download size={14} aria-hidden />
            {say('viewer.download')}
          </a>
        </div>
      </div>
    </Modal>
  )
}
