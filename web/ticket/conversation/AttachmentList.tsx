// Files of a message: pictures small, everything else by name, kind and size. Pictures and PDFs open here; all of them download.
import { File, FileArchive, FileImage, FileText, X } from 'lucide-react'

import { useState } from 'react'

import type { Attachment } from '../../../src/api/contract/messages.ts'
import { IconButton } from '../../parts/Button.tsx'
import { sizeOf } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from './message.module.css'
import { isLookedAt, isPicture } from './shown.ts'
import { Viewer } from '../lazy.ts'

type Props = { attachments: readonly Attachment[]; onRemove?: (id: number) => void }

export function AttachmentList({ attachments, onRemove }: Props) {
  const [viewing, setViewing] = useState<number | null>(null)
  const shown = onRemove ? [] : attachments.filter(({ type }) => isLookedAt(type))
  return (
    <>
      <ul className={styles['files']} aria-label={say('files.name')}>
        {attachments.map((file) => {
          const picture = isPicture(file.type) && !onRemove
          const opens = isLookedAt(file.type) && !onRemove
          const Icon = iconOf(file.type)
          return (
            <li key={file.id}>
              {onRemove ? (
                <span className={styles['file']}>
                  <Icon size={14} aria-hidden />
                  <span className={styles['fileName']}>{file.name}</span>
                  <span className={styles['fileSize']}>{sizeOf(file.size)}</span>
                  <IconButton
                    label={say('files.remove', { name: file.name })}
                    onClick={() => onRemove(file.id)}
                  >
                    <X size={12} aria-hidden />
                  </IconButton>
                </span>
              ) : (
                <a
                  href={file.url}
                  target="_blank"
                  rel="noopener noreferrer"
                  download={opens ? undefined : file.name}
                  className={styles['file']}
                  data-image={picture || undefined}
                  onClick={(event) => {
                    if (!opens || event.ctrlKey || event.metaKey) return
                    event.preventDefault()
                    setViewing(shown.indexOf(file))
                  }}
                  onKeyDown={(event) => {
                    if (!opens || event.key !== ' ') return
                    event.preventDefault()
                    setViewing(shown.indexOf(file))
                  }}
                >
                  {picture ? <img src={file.url} alt="" loading="lazy" /> : <Icon size={14} aria-hidden />}
                  <span className={styles['fileName']}>{file.name}</span>
                  <span className={styles['fileSize']}>{sizeOf(file.size)}</span>
                </a>
              )}
            </li>
          )
        })}
      </ul>
      {viewing !== null && <Viewer pictures={shown} at={viewing} onClose={() => setViewing(null)} />}
    </>
  )
}

function iconOf(type: string) {
  if (type.startsWith('image/')) return FileImage
  if (type.startsWith('text/') || type === 'application/pdf') return FileText
  return /zip|tar|compressed/.test(type) ? FileArchive : File
}
