// Who somebody is at a glance: their picture where they have one, else how their name begins. It says nothing that the name beside it
// does not.
import { useEffect, useRef, useState } from 'preact/hooks'

import type { Conversation } from './conversation.ts'

type Props = {
  conversation: Conversation
  name: string
  face: string | null
  isOpen: boolean
}

export function Face({ conversation, name, face, isOpen }: Props) {
  const place = useRef<HTMLCanvasElement>(null)
  const [isSeen, setSeen] = useState<string | null>(null)
  useEffect(() => {
    // Nothing is fetched on a page where nobody looks.
    if (!isOpen || face === null || isSeen === face) return
    void conversation
      .face(face)
      .then((picture) => draw(picture, place.current))
      .then(() => setSeen(face))
      .catch(() => {})
  }, [isOpen, face, isSeen, conversation])
  const hasPicture = face !== null && isSeen === face
  return (
    <span class="face" aria-hidden="true">
      <canvas ref={place} hidden={!hasPicture} />
      {!hasPicture && beginningOf(name)}
    </span>
  )
}

const beginningOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join('')

const SIDE = 40

/** The middle of a picture, as a square. */
function draw(picture: ImageBitmap, canvas: HTMLCanvasElement | null): void {
  if (canvas === null) return
  const { width, height } = picture
  const side = Math.min(width, height)
  canvas.width = canvas.height = SIDE * devicePixelRatio
  canvas
    .getContext('2d')
    ?.drawImage(
      picture,
      (width - side) / 2,
      (height - side) / 2,
      side,
      side,
      0,
      0,
      canvas.width,
      canvas.height,
    )
}
