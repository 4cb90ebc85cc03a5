// Pictures and PDFs large, and as large as they are: arrows move, z or a press zooms, Escape goes back to where one was.
import { ChevronLeft, ChevronRight, Download, ZoomIn, ZoomOut } from 'lucide-react'
import { Suspense, useEffect, useState } from 'react'

import type { Attachment } from '../../../src/api/contract/messages.ts'
import { IconButton } from '../../parts/Button.tsx'
import { lazily } from '../../parts/lazily.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { PDF } from './shown.ts'
import styles from './viewer.module.css'

/** A megabyte of script, for who opens one. */
const PdfPages = lazily(() => import('./PdfPages.tsx').then((all) => all.PdfPages))

type Props = { pictures: readonly Attachment[]; at: number; onClose: () => void }

export function Viewer({ pictures, at, onClose }: Props) {
  const [index, setIndex] = useState(at)
  const [isWhole, setWhole] = useState(true)
  const count = pictures.length
  // Wherever in the dialog the keyboard is; the dialog itself lets no arrow out.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const steps = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
      if (steps !== 0) setIndex((now) => (now + steps + count) % count)
      if (steps !== 0) setWhole(true)
      if (event.key === 'z' && !event.ctrlKey && !event.metaKey) setWhole((now) => !now)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [count])
  const picture = pictures[index]
  if (!picture) return null
  const move = (steps: number) => {
    setIndex((index + steps + count) % count)
    setWhole(true)
  }
  return (
    <Modal title={`${picture.name} · ${index + 1}/${count}`} open onClose={onClose} shape="wide">
      <div className={styles['viewer']} role="group" aria-label={picture.name}>
        {/* The button below and z do the same. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <div
          className={styles['frame']}
          // What scrolls is reached by keyboard.
          tabIndex={isWhole && picture.type !== PDF ? undefined : 0}
          data-whole={isWhole || undefined}
          data-pages={picture.type === PDF || undefined}
          onClick={() => picture.type === PDF || setWhole(!isWhole)}
        >
          {picture.type === PDF ? (
            <Suspense fallback={<p role="status">{say('viewer.pdfOpening')}</p>}>
              <PdfPages key={picture.id} url={picture.url} name={picture.name} isWhole={isWhole} />
            </Suspense>
          ) : (
            <img src={picture.url} alt={picture.name} />
          )}
        </div>
        <div className={styles['tools']}>
          <IconButton label={say('viewer.previous')} disabled={count < 2} onClick={() => move(-1)}>
            <ChevronLeft size={18} aria-hidden />
          </IconButton>
          <IconButton label={say('viewer.next')} disabled={count < 2} onClick={() => move(1)}>
            <ChevronRight size={18} aria-hidden />
          </IconButton>
          <IconButton
            label={say(isWhole ? 'viewer.zoom' : 'viewer.whole')}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? <ZoomIn size={16} aria-hidden /> : <ZoomOut size={16} aria-hidden />}
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
