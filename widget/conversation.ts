// The conversation as this tab knows it: what was said, what is on its way, and how it stands. Everything that is shown is here; the
// panel draws it and calls what it offers.
import type { ChatNews, ChatVisit, ChatWidget } from '../src/api/contract/chat.ts'
import { asking, reasonOf, type Ask } from './ask.ts'
import { Outgoing } from './outgoing.ts'
import type { Shown } from './shown.ts'
import { fetchFile, saveAs } from './upload.ts'
import { keeping, type Keeping } from './kept.ts'
import { goLive, type Live, type Told } from './live.ts'
import type { Words } from './words.ts'

/** `person`: it is somebody else now, and what was being written is not theirs. */
type Happened = 'message' | 'unread' | 'person'
const TYPING_MS = 30_000
const TYPED_EVERY_MS = 4_000
const LINK_MS = 900_000

/** Lives as long as the page. */
export class Conversation {
  shown: Shown
  /** What is said and has not arrived yet. */
  readonly outgoing: Outgoing
  private readonly url: string
  private readonly key: string
  private readonly kept: Keeping
  private readonly ask: Ask
  private readonly changed: (happened?: Happened) => void
  private readonly words: Words
  private token: string | null
  /** The token of somebody who signed out at the site, until the desk has heard of it. */
  private leaving: string | null = null
  /** Whom the page named before it named another. */
  private emailBefore: string | null = null
  private identity: string | null = null
  private live: { readonly token: string; readonly of: Live } | null = null
  private beginning: Promise<void> | null = null
  private typingTimer = 0
  private typedAt = 0
  private readUpTo = 0
  private isLooking = false
  private readonly faces = new Map<string, Promise<ImageBitmap>>()

  constructor(url: string, key: string, words: Words, changed: (happened?: Happened) => void) {
    this.url = url
    this.key = key
    this.words = words
    this.changed = changed
    this.kept = keeping(key)
    this.token = this.kept.get().token
    this.ask = asking(url, () => this.token)
    this.shown = {
      widget: null,
      visit: null,
      messages: [],
      pending: [],
      chat: null,
      takenAt: 0,
      typing: null,
      isLost: false,
      problem: null,
      isForgetful: this.kept.isForgetful,
      unread: 0,
      isNew: false,
      chosen: [],
      fileProblems: [],
    }
    this.outgoing = new Outgoing(words, {
      shown: () => this.shown,
      show: (change) => this.show(change),
      begin: () => this.begin(),
      endedElsewhere: () => this.endedElsewhere(),
      ask: this.ask,
      wire: () => ({ url, token: this.token, since: this.since }),
      arrived: (news) => {
        this.take(news)
        this.live?.of.tell({ event: 'news', data: news })
      },
    })
    document.addEventListener('visibilitychange', () => this.comesBack(false))
    addEventListener('online', () => this.comesBack(true))
  }

  private show(change: Partial<Shown>, happened?: Happened): void {
    this.shown = { ...this.shown, ...change }
    this.changed(happened)
  }

  get wasHere(): boolean {
    return this.token !== null
  }

  private get cursor(): number {
    return this.shown.messages.at(-1)?.seq ?? 0
  }

  private get since(): string {
    return `of=${this.shown.chat?.id ?? 0}&after=${this.cursor}`
  }

  /** Begins the visit once; a failure can be tried again. */
  begin(): Promise<void> {
    this.beginning ??= this.visit().catch((error: unknown) => {
      this.beginning = null
      this.show({ problem: reasonOf(error, this.words) })
    })
    return this.beginning
  }

  private async visit(): Promise<void> {
    const widget = await this.ask<ChatWidget>('GET', '')
    const visit = await this.ask<ChatVisit>('POST', '/visits', {
      token: this.token ?? this.leaving,
      identity: this.identity,
      language: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    })
    if (visit.refused) console.warn(`Docket: who the visitor is was not believed (${visit.refused}).`)
    this.leaving = null
    if (this.emailBefore !== null && visit.email !== this.emailBefore) this.forget()
    this.emailBefore = null
    if (visit.token !== null) {
      this.token = visit.token
      this.kept.put({ token: visit.token, seen: 0, of: 0, code: null })
      this.hangUp()
      this.show({ messages: [], chat: null, unread: 0 })
    }
    this.show({ widget, visit, problem: null })
    await this.catchUp()
  }

  /** What one person was writing is not sent as another. */
  private forget(): void {
    this.outgoing.unsent = ''
    this.show({ pending: [], isNew: false, chosen: [], fileProblems: [] }, 'person')
  }

  /** Asks what is new, and listens from then on. */
  private async catchUp(): Promise<void> {
    for (let more = true; more;) {
      const news = await this.ask<ChatNews>('GET', `/conversation?${this.since}`)
      this.take(news)
      more = news.hasMore
    }
  }

  /** Takes in what is new, each message once. */
  private take(news: ChatNews): void {
    if (news.state === null) return
    const isOther = this.shown.chat !== null && this.shown.chat.id !== news.state.id
    const had = isOther ? [] : this.shown.messages
    const known = new Set(had.map(({ seq }) => seq))
    const fresh = news.messages.filter(({ seq }) => !known.has(seq))
    const removed = new Set(news.removed)
    const messages = [...had, ...fresh]
      .toSorted((a, b) => a.seq - b.seq)
      .map((each) => (removed.has(each.id) ? { ...each, isRemoved: true, text: '', files: [] } : each))
    const arrived = new Set(messages.map(({ clientId }) => clientId))
    const pending = this.shown.pending.filter(({ clientId }) => !arrived.has(clientId))
    // The stream is of the conversation before.
    if (isOther) this.hangUp()
    const isAnswer = fresh.some(({ by }) => by !== 'you')
    const { visit } = this.shown
    const { chat, takenAt } = this.shown
    const isTaken = chat !== null && chat.with?.name !== news.state.with?.name
    this.show({
      messages,
      pending,
      chat: news.state,
      takenAt: isOther ? 0 : isTaken ? (had.at(-1)?.seq ?? 0) : takenAt,
      // A link in a mail shows who they are while they read.
      visit: visit && { ...visit, kind: news.state.kind },
      isLost: false,
      ...(isAnswer ? { typing: null } : {}),
    })
    this.count(isAnswer)
    this.listen()
  }

  /** How many answers nobody has looked at; none while somebody looks. */
  private count(isAnswer: boolean): void {
    const { messages, chat } = this.shown
    const kept = this.kept.get()
    const seen = kept.of === chat?.id ? kept.seen : 0
    if (this.isLooking && document.visibilityState === 'visible') return this.read(isAnswer)
    const unread = messages.filter(({ by, seq }) => by !== 'you' && seq > seen).length
    this.show({ unread }, isAnswer ? 'message' : undefined)
  }

  private read(isAnswer = false): void {
    const { chat } = this.shown
    const { cursor } = this
    this.show({ unread: 0 }, isAnswer ? 'message' : undefined)
    if (chat === null || cursor <= this.readUpTo) return
    this.readUpTo = cursor
    this.kept.put({ seen: cursor, of: chat.id })
    void this.ask('POST', '/read', { seq: cursor }).catch(() => (this.readUpTo = 0))
  }

  /** The panel is open, or not. */
  look(isLooking: boolean): void {
    this.isLooking = isLooking
    if (isLooking) this.read()
  }

  private listen(): void {
    const { token } = this
    if (token === null || this.live?.token === token) return
    this.hangUp()
    const of = goLive(`docket-chat:${this.key}:${token.slice(0, 8)}`, {
      url: this.url,
      token,
      from: () => this.since,
      hear: (told) => this.hear(told),
      onLine: (isUp) => this.show({ isLost: !isUp }),
      onGone: (status) => void this.gone(status),
    })
    this.live = { token, of }
  }

  private hangUp(): void {
    this.live?.of.stop()
    this.live = null
    this.readUpTo = 0
  }

  private hear({ event, data }: Told): void {
    if (event === 'news') return this.take(data as ChatNews)
    if (event !== 'typing') return
    const { name } = data as { name: string | null }
    clearTimeout(this.typingTimer)
    // Who goes away in the middle of a sentence says nothing more.
    if (name !== null)
      this.typingTimer = setTimeout(() => this.show({ typing: null }), TYPING_MS) as unknown as number
    this.show({ typing: name })
  }

  private async gone(status: number): Promise<void> {
    this.hangUp()
    if (status === 401) await this.endedElsewhere()
  }

  private comesBack(isUp: boolean): void {
    if (document.visibilityState !== 'visible' || this.beginning === null) return
    this.live?.of.poke(isUp)
    if (this.shown.chat !== null) void this.catchUp().catch(() => this.show({ isLost: true }))
    if (this.isLooking) this.read()
  }

  /** The page says who its visitor is, or that nobody is signed in any more. */
  async identify(identity: string | null): Promise<void> {
    this.identity = identity
    const { visit } = this.shown
    if (visit?.kind === 'verified') this.emailBefore = visit.email
    if (identity === null && visit?.isOfPage === true) {
      this.leaving = this.token
      this.partFrom()
    }
    if (this.beginning !== null) {
      await this.beginning
      this.beginning = null
      await this.begin()
    } else if (this.wasHere) await this.begin()
  }

  /** Somebody else sits at this browser: whose address was confirmed here is not them. */
  async isNotMe(): Promise<void> {
    await this.ask('POST', '/endings', {})
    this.partFrom()
    this.beginning = null
    await this.begin()
  }

  /** Nothing of the visit so far is left here. */
  private partFrom(): void {
    this.token = null
    this.hangUp()
    this.forget()
    this.kept.put({ token: null, seen: 0, of: 0, code: null })
    this.show({ messages: [], chat: null, visit: null, unread: 0 })
  }

  startAnew(): void {
    this.show({ isNew: true })
  }

  /** The token opens nothing any more: the visit goes on as a new one. */
  private async endedElsewhere(): Promise<void> {
    this.token = null
    this.hangUp()
    this.beginning = null
    await this.begin()
  }

  async introduce(name: string, email: string): Promise<void> {
    const visit = await this.ask<ChatVisit>('POST', '/introductions', {
      name,
      email: email === '' ? null : email,
    })
    this.show({ visit })
  }

  /** Asks for a link to the address; the number that it wants to be told. */
  async confirm(email: string): Promise<number> {
    const { code: number } = await this.ask<{ code: number }>('POST', '/confirmations', {})
    this.kept.put({ code: { number, email, until: Date.now() + LINK_MS } })
    return number
  }

  /** The same, as long as the link is good: the page may have changed since. */
  codeFor(email: string): number | null {
    const { code } = this.kept.get()
    return code?.email === email && code.until > Date.now() ? code.number : null
  }

  /** "Solved", or a person instead of the assistant. */
  async press(button: 'solved' | 'person'): Promise<void> {
    this.take(await this.ask<ChatNews>('POST', `/buttons?${this.since}`, { button }))
  }

  async rate(score: number, comment: string): Promise<void> {
    this.take(await this.ask<ChatNews>('POST', `/ratings?${this.since}`, { score, comment }))
  }

  async seeQuestion(): Promise<void> {
    await this.ask('POST', '/questions', {})
  }

  async mailTranscript(): Promise<string> {
    return (await this.ask<{ to: string }>('POST', '/transcripts', {})).to
  }

  /** Tells that the visitor writes, now and then; and at once that they have stopped. */
  type(isTyping: boolean): void {
    if (this.shown.chat === null) return
    const now = Date.now()
    if (isTyping ? now - this.typedAt < TYPED_EVERY_MS : this.typedAt === 0) return
    this.typedAt = isTyping ? now : 0
    void this.ask('POST', '/typing', { typing: isTyping }).catch(() => {})
  }

  fetch(id: number): Promise<Blob> {
    return fetchFile(`${this.url}/files/${id}`, this.token)
  }

  /** A picture of somebody who answers, fetched once; what failed is asked for again. */
  face(face: string): Promise<ImageBitmap> {
    const known = this.faces.get(face)
    if (known !== undefined) return known
    const coming = fetchFile(`${this.url}/faces/${face}`, this.token).then((blob) => createImageBitmap(blob))
    this.faces.set(face, coming)
    coming.catch(() => this.faces.delete(face))
    return coming
  }

  /** A file of a message, saved under its name. */
  async save(id: number, name: string): Promise<void> {
    saveAs(await this.fetch(id), name)
  }
}
