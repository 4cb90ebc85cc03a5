// Pictures large: arrows move, Escape goes back to where one was.
import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'

import type { Attachment } from '../../src/api/contract/messages.ts'
import { IconButton } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import styles from './viewer.module.css'

type Props = { pictures: readonly Attachment[]; at: number; onClose: () => void }

export function Viewer({ pictures, at, onClose }: Props) {
  const [index, setIndex] = useState(at)
  const picture = pictures[index]
  if (!picture) return null
  const move = (steps: number) => setIndex((index + steps + pictures.length) % pictures.length)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') move(1)
    else if (event.key === 'ArrowLeft') move(-1)
    else return
    event.preventDefault()
  }
  return (
    <Modal title={`${picture.name} · ${index + 1}/${pictures.length}`} open onClose={onClose} shape="wide">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrows are the buttons' */}
      <div className={styles['viewer']} onKeyDown={onKeyDown} role="group" aria-label={picture.name}>
        <img src={picture.url} alt={picture.name} />
        <div className={styles['tools']}>
          <IconButton label={say('viewer.previous')} disabled={pictures.length < 2} onClick={() => move(-1)}>
            <ChevronLeft size={18} aria-hidden />
          </IconButton>
          <IconButton label={say('viewer.next')} disabled={pictures.length < 2} onClick={() => move(1)}>
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
