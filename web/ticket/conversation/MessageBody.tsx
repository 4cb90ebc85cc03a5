// What a message says. Text with links; simple HTML cleaned once more and shown in line; HTML with layout in a frame
// that may run nothing. Remote images stay away until asked for.
import { type ReactNode, useEffect, useRef, useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { notify } from '../../state/toasts.ts'
import { foldRest } from './fold-rest.ts'
import styles from './message.module.css'

export function MessageBody({ message, ticketId }: { message: Message; ticketId: number }) {
  const [withImages, setWithImages] = useState<Message | null>(null)
  const shown = withImages ?? message
  const showImages = async () => {
    try {
      setWithImages(
        await call<Message>('GET', `/tickets/${ticketId}/messages/${message.id}`, {
          query: { remoteImages: 'show' },
        }),
      )
    } catch (error) {
      notify({ kind: 'error', title: say('images.failed'), detail: reasonOf(error) })
    }
  }
  return (
    <>
      {shown.remoteImages > 0 && (
        <div className={styles['images']}>
          {say('images.hidden', { count: shown.remoteImages })}
          <Button weight="quiet" onClick={() => void showImages()}>
            {say('images.show')}
          </Button>
          {message.author && message.senderCheck !== 'failed' && (
            <Button weight="quiet" onClick={() => void chooseImages(message.author, ticketId, true)}>
              {say('images.always', { name: message.author.name })}
            </Button>
          )}
        </div>
      )}
      {message.imagesChosen && message.author && (
        <div className={styles['images']}>
          {say('images.chosen', { name: message.author.name })}
          <Button weight="quiet" onClick={() => void chooseImages(message.author, ticketId, false)}>
            {say('images.hide')}
          </Button>
        </div>
      )}
      {shown.frameUrl ? (
        <Frame url={shown.frameUrl} rest={message.quotedText ?? ''} />
      ) : shown.html ? (
        <CleanHtml html={shown.html} text={shown.text} rest={message.quotedText ?? ''} />
      ) : (
        <p className={styles['body']} dir="auto">
          {linked(shown.text)}
        </p>
      )}
    </>
  )
}

/** This sender's images are shown to the agent from now on, or no longer. */
async function chooseImages(sender: Message['author'], ticketId: number, always: boolean): Promise<void> {
  if (sender === null) return
  try {
    await call(always ? 'PUT' : 'DELETE', `/image-senders/${sender.id}`)
    await Promise.all(
      ['messages', 'side'].map((noun) => client.invalidateQueries({ queryKey: [noun, ticketId] })),
    )
    notify({
      title: say(always ? 'images.chosen' : 'images.unchosen', { name: sender.name }),
      action: { label: say('action.undo'), run: () => void chooseImages(sender, ticketId, !always) },
    })
  } catch (error) {
    notify({ kind: 'error', title: say('images.chooseFailed'), detail: reasonOf(error) })
  }
}

/**
 * A mail with a layout of its own, as high as it is. Its page may run nothing, so that this app can read its measure although it is
 * of the same origin (docs/decisions/0080).
 */
function Frame({ url, rest }: { url: string; rest: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])
  const fit = () => {
    const page = frame.current?.contentDocument
    if (!page?.body) return
    foldRest(page.body, rest, say('quote.more'))
    const measure = new ResizeObserver(() => {
      const { scrollWidth, clientWidth } = page.documentElement
      const bar = scrollWidth > clientWidth ? 16 : 0
      if (frame.current) frame.current.style.height = `${page.body.offsetHeight + bar}px`
    })
    measure.observe(page.body)
    stop.current?.()
    stop.current = () => measure.disconnect()
  }
  return (
    <iframe
      ref={frame}
      src={url}
      title={say('message.frame')}
      className={styles['frame']}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      loading="lazy"
      onLoad={fit}
    />
  )
}

const allowed = {
  ALLOWED_TAGS:
    'a b blockquote br code del div em h1 h2 h3 h4 hr i img li ol p pre s span strong sub sup u ul'.split(
      ' ',
    ),
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'width', 'height', 'dir', 'lang'],
  RETURN_DOM_FRAGMENT: true,
} as const

/** The server's HTML cleaned a second time, as nodes: no string ever becomes markup here. */
function CleanHtml({ html, text, rest }: { html: string; text: string; rest: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let gone = false
    void import('dompurify').then(({ default: purify }) => {
      if (gone || !box.current) return
      const fragment = purify.sanitize(html, {
        ...allowed,
        ALLOWED_TAGS: [...allowed.ALLOWED_TAGS],
        ALLOWED_ATTR: [...allowed.ALLOWED_ATTR],
      })
      for (const link of fragment.querySelectorAll('a[href]')) {
        link.setAttribute('target', '_blank')
        link.setAttribute('rel', 'noopener noreferrer')
      }
      box.current.replaceChildren(fragment)
      foldRest(box.current, rest, say('quote.more'))
    })
    return () => {
      gone = true
    }
  }, [html, rest])
  return (
    <div ref={box} className={styles['html']} dir="auto">
      {text}
    </div>
  )
}

const address = /\bhttps?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/g

function linked(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  let from = 0
  for (const match of text.matchAll(address)) {
    parts.push(text.slice(from, match.index))
    parts.push(
      <a key={match.index} href={match[0]} target="_blank" rel="noopener noreferrer">
        {match[0]}
      </a>,
    )
    from = match.index + match[0].length
  }
  parts.push(text.slice(from))
  return parts
}
