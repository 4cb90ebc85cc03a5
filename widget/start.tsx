// What the loader fetches: puts conversation and panel together, and is what the page's calls reach.
import { render } from 'preact'

import { Conversation } from './conversation.ts'
import type { Api, PageEvent, Place } from './page.ts'
import { Panel } from './Panel.tsx'
import { css } from './style.ts'
import { wordsIn, type Words } from './words.ts'

const NARROW = '(max-width: 480px), (max-height: 420px)'
const LONGEST = 4_000

/** Starts in the place that the loader has made. */
export function start(place: Place): Api {
  const widget = new Widget(place)
  return {
    open: () => widget.setOpen(true),
    close: () => widget.setOpen(false),
    show: () => void (place.host.hidden = false),
    hide: () => {
      widget.setOpen(false)
      place.host.hidden = true
    },
    identify: (token) => widget.identify(token),
    prefill: (text) => widget.write(String(text).slice(0, LONGEST)),
    on: (event, hear) => widget.on(event, hear),
  }
}

/** Lives as long as the page. */
class Widget {
  private readonly place: Place
  private readonly words: Words
  private readonly conversation: Conversation
  private readonly inside = document.createElement('div')
  private readonly badge = document.createElement('span')
  private readonly narrow = matchMedia(NARROW)
  private readonly hearers = new Map<PageEvent, Set<(detail: unknown) => void>>()
  private isOpen = false
  private draft = ''
  private unread = 0

  constructor(place: Place) {
    const { url, key, language, host, root, button } = place
    this.place = place
    this.words = wordsIn(language)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    this.badge.className = 'badge'
    this.badge.ariaHidden = 'true'
    root.append(this.inside, this.badge)
    this.conversation = new Conversation(url, key, this.words, (happened) => {
      if (happened === 'message') this.tell('message')
      if (happened === 'person') this.draft = ''
      this.draw()
    })
    button.addEventListener('click', () => this.setOpen(!this.isOpen))
    this.narrow.addEventListener('change', () => this.draw())
    // A phone's keyboard takes room from below, and moves what is left: the panel is there, and as high as that.
    const fit = () => {
      host.style.setProperty('--seen', `${visualViewport?.height ?? innerHeight}px`)
      host.style.setProperty('--from', `${visualViewport?.offsetTop ?? 0}px`)
    }
    for (const each of ['resize', 'scroll']) visualViewport?.addEventListener(each, fit)
    fit()
    this.draw()
    if (this.conversation.wasHere) void this.conversation.begin()
  }

  private tell(event: PageEvent, detail: unknown = null): void {
    this.hearers.get(event)?.forEach((hear) => {
      try {
        hear(detail)
      } catch (error) {
        console.error(error)
      }
    })
  }

  on(event: PageEvent, hear: (detail: unknown) => void): () => void {
    const all = this.hearers.get(event) ?? new Set()
    this.hearers.set(event, all.add(hear))
    return () => void all.delete(hear)
  }

  identify(token: string | null): void {
    void this.conversation.identify(token)
  }

  write(text: string): void {
    this.draft = text
    this.draw()
  }

  setOpen(next: boolean): void {
    if (this.isOpen === next) return
    const { button } = this.place
    this.isOpen = next
    button.ariaExpanded = String(next)
    if (next) void this.conversation.begin()
    this.conversation.look(next)
    this.draw()
    // Back to where they came from.
    if (!next) button.focus()
    this.tell(next ? 'open' : 'close')
  }

  private draw(): void {
    const { host, button } = this.place
    const { words, conversation, isOpen } = this
    const { widget, unread } = conversation.shown
    if (widget !== null) {
      host.style.setProperty('--c', widget.color)
      host.style.setProperty('--l', widget.onColor)
    }
    if (unread !== this.unread) this.tell('unread', (this.unread = unread))
    this.badge.hidden = unread === 0
    this.badge.textContent = String(unread)
    button.ariaLabel = isOpen ? words.close : unread > 0 ? words.openUnread(unread) : words.open
    const isRightToLeft = getComputedStyle(document.documentElement).direction === 'rtl'
    render(
      <Panel
        conversation={conversation}
        words={words}
        isOpen={isOpen}
        isWhole={this.narrow.matches}
        direction={isRightToLeft ? 'rtl' : 'ltr'}
        draft={this.draft}
        onDraft={(text) => this.write(text)}
        onClose={() => this.setOpen(false)}
      />,
      this.inside,
    )
  }
}
