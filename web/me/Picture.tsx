// One's own picture: chosen, cut to a square here, so that little travels, and taken away again.
import { useRef, useState } from 'react'

import type { Attachment } from '../../src/api/contract/messages.ts'
import { Button } from '../parts/Button.tsx'
import { Avatar } from '../parts/Marks.tsx'
import { faces } from '../state/faces.ts'
import { useStore } from '../state/store.ts'
import { notify } from '../state/toasts.ts'
import { call, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { useAgents } from '../wire/desk.ts'
import { patchMe, useMe } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './me.module.css'

/** Sharp at 64 pixels on any screen. */
const SIDE = 192

export function Picture() {
  const me = useMe()
  useAgents()
  const hasOne = useStore(faces, (map) => map.has(me.id))
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const keep = async (picture: () => Promise<number | null>) => {
    setBusy(true)
    try {
      await patchMe({ picture: await picture() })
      await client.invalidateQueries({ queryKey: ['agents'] })
      notify({ title: say('me.saved') })
    } catch (error) {
      notify({ kind: 'error', title: say('me.pictureFailed'), detail: reasonOf(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles['picture']}>
      <Avatar name={me.name} of={me.id} size={64} />
      <div>
        <Button disabled={busy} onClick={() => input.current?.click()}>
          {say('me.pictureChoose')}
        </Button>{' '}
        {hasOne && (
          <Button weight="quiet" disabled={busy} onClick={() => void keep(async () => null)}>
            {say('me.pictureRemove')}
          </Button>
        )}
        <p className={styles['hint']}>{say('me.pictureHelp')}</p>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        aria-label={say('me.pictureChoose')}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          target.value = ''
          if (file) void keep(() => uploadSquare(file))
        }}
      />
    </div>
  )
}

/** The middle of a picture as a small square, uploaded; its id. */
async function uploadSquare(file: File): Promise<number> {
  const whole = await createImageBitmap(file).catch(() => {
    throw new Error(say('me.pictureNone'))
  })
  const side = Math.min(whole.width, whole.height)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const [x, y] = [(whole.width - side) / 2, (whole.height - side) / 2]
  canvas.getContext('2d')?.drawImage(whole, x, y, side, side, 0, 0, SIDE, SIDE)
  whole.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', 0.9))
  if (blob === null) throw new Error(say('me.pictureNone'))
  const form = new FormData()
  form.set('file', new File([blob], 'picture', { type: blob.type }))
  return (await call<Attachment>('POST', '/attachments', { body: form })).id
}
