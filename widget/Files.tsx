// Files as the panel shows them: those that wait to go along, and those of a message.
import { useEffect, useRef, useState } from 'preact/hooks'

import type { ChatMessage } from '../src/api/contract/chat.ts'
import type { Conversation } from './conversation.ts'
import { clip, close } from './icons.tsx'
import type { Words } from './words.ts'

type Props = { conversation: Conversation; words: Words }

/** What was chosen, pasted or dropped, until it is sent. */
export function Chosen({ conversation, words }: Props) {
  const { chosen, fileProblems } = conversation.shown
  return (
    <>
      {fileProblems.length > 0 && (
        <p class="notice error" role="alert">
          {fileProblems.join(' ')}
        </p>
      )}
      {chosen.length > 0 && (
        <ul class="chosen" aria-label={words.files}>
          {chosen.map((file, index) => (
            <li key={index}>
              {file.name} ({sizeOf(file.size, words)})
              <button
                type="button"
                class="link"
                aria-label={words.takeOff(file.name)}
                onClick={() => conversation.outgoing.choose(chosen.filter((each) => each !== file))}
              >
                {close}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The way to files for a finger and for a keyboard. */
export function Attach({ conversation, words, children }: Props & { children?: string }) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="attach" aria-label={words.attach} onClick={() => field.current?.click()}>
        {clip}
        {children}
      </button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={words.attach}
        onChange={({ currentTarget }) => {
          conversation.outgoing.attach([...(currentTarget.files ?? [])])
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}

type FileProps = Props & { file: ChatMessage['files'][number]; isOpen: boolean; onGrown: () => void }

/** A picture can be seen, anything can be saved. */
export function MessageFile({ file, conversation, words, isOpen, onGrown }: FileProps) {
  const { id, name, size, isPicture } = file
  const place = useRef<HTMLCanvasElement>(null)
  const [isSeen, setSeen] = useState(false)
  const [failed, setFailed] = useState(false)
  const [isWanted, setWanted] = useState(false)
  // Nothing is fetched on a page where nobody looks.
  if (isOpen && isPicture && !isWanted) setWanted(true)
  useEffect(() => {
    if (!isWanted) return
    void conversation
      .fetch(id)
      .then((blob) => draw(blob, place.current))
      .then(() => setSeen(true))
      .catch(() => {})
  }, [isWanted, conversation, id])
  useEffect(() => {
    if (isSeen) onGrown()
  }, [isSeen, onGrown])
  const save = () =>
    void conversation
      .save(id, name)
      .then(() => setFailed(false))
      .catch(() => setFailed(true))
  return (
    <>
      <button type="button" class={isSeen ? 'picture' : 'link'} onClick={save}>
        {isPicture && <canvas ref={place} hidden={!isSeen} aria-hidden="true" />}
        <span class={isSeen ? 'unseen' : ''}>{words.file(name, sizeOf(size, words))}</span>
      </button>
      {failed && (
        <p class="meta failed" role="alert">
          {words.notSaved}
        </p>
      )}
    </>
  )
}

const WIDE = 240
const HIGH = 180

/** Draws bytes that are a picture. An image element would need a line more in the page's policy. */
async function draw(blob: Blob, canvas: HTMLCanvasElement | null): Promise<void> {
  const picture = await createImageBitmap(blob)
  const fit = Math.min(WIDE / picture.width, HIGH / picture.height, 1)
  const [wide, high] = [Math.max(1, picture.width * fit), Math.max(1, picture.height * fit)]
  if (canvas === null) return
  canvas.width = wide * devicePixelRatio
  canvas.height = high * devicePixelRatio
  canvas.style.inlineSize = `${wide}px`
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
}

export const sizeOf = (bytes: number, { point }: Words): string =>
  bytes < 1_000_000
    ? `${Math.ceil(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1).replace('.', point)} MB`
