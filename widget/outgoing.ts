// What the visitor says, on its way: in the order in which it was said, again where the line breaks, and back where nobody takes it.
import type { ChatNews, ChatWidget } from '../src/api/contract/chat.ts'
import { backOff, newId, pause, reasonOf, Refused, type Ask } from './ask.ts'
import { whereOf } from './page.ts'
import { solve } from './puzzle.ts'
import type { Pending, Shown } from './shown.ts'
import { choose, sendFiles } from './upload.ts'
import type { Words } from './words.ts'

/** What the conversation lends to it. */
type Lent = {
  readonly shown: () => Shown
  readonly show: (change: Partial<Shown>) => void
  readonly begin: () => Promise<void>
  readonly endedElsewhere: () => Promise<void>
  readonly ask: Ask
  readonly wire: () => { readonly url: string; readonly token: string | null; readonly since: string }
  readonly arrived: (news: ChatNews) => void
}

type Left = { readonly ticketId: number }

const isPuzzle = (error: unknown): boolean => error instanceof Refused && error.refusal === 'puzzle'

const TRIES = 4

export class Outgoing {
  /** What the form begins with. */
  unsent = ''
  private readonly words: Words
  private readonly lent: Lent
  private sending: Promise<void> = Promise.resolve()

  constructor(words: Words, lent: Lent) {
    this.words = words
    this.lent = lent
  }

  /** Says something, with the files that were chosen. What was said before goes first. */
  say(text: string): void {
    const { isNew, chosen: files } = this.lent.shown()
    const pending = { clientId: newId(), text, files, share: 0, isNew, failed: null }
    this.lent.show({
      pending: [...this.lent.shown().pending, pending],
      isNew: false,
      chosen: [],
      fileProblems: [],
    })
    this.deliver(pending)
  }

  attach(more: readonly File[]): void {
    const { files, problems } = choose(this.lent.shown().chosen, more, this.words)
    this.lent.show({ chosen: files, fileProblems: problems })
  }

  /** Files from the clipboard go along; anything else is pasted as ever. */
  paste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    this.attach(files)
  }

  choose(chosen: readonly File[]): void {
    this.lent.show({ chosen, fileProblems: [] })
  }

  /** What could not be sent goes back to where it is written. */
  takeBack({ clientId, files }: Pending): void {
    const pending = this.lent.shown().pending.filter((each) => each.clientId !== clientId)
    const { files: chosen, problems } = choose(files, this.lent.shown().chosen, this.words)
    this.lent.show({ pending, chosen, fileProblems: problems })
  }

  /** Leaves a message, with the files that were chosen, for when somebody is back; its number. */
  async leave(
    word: Readonly<Record<string, string>> & { clientId: string },
    onProgress: (share: number) => void,
  ): Promise<number> {
    const { chosen: files } = this.lent.shown()
    const { url, token } = this.lent.wire()
    const send = (answer: string) => {
      const fields = { ...word, answer }
      return files.length === 0
        ? this.lent.ask<Left>('POST', '/left-messages', fields)
        : sendFiles<Left>({ url: `${url}/left-messages/files`, token, fields, files, onProgress })
    }
    const { ticketId } = await send('').catch(async (error: unknown) => {
      if (!isPuzzle(error)) throw error
      return send(await this.work(word.clientId))
    })
    this.unsent = ''
    this.choose([])
    return ticketId
  }

  again(pending: Pending): void {
    this.mark(pending.clientId, { failed: null, share: 0 })
    this.deliver(pending)
  }

  private mark(clientId: string, change: Partial<Pending>): void {
    this.lent.show({
      pending: this.lent
        .shown()
        .pending.map((each) => (each.clientId === clientId ? { ...each, ...change } : each)),
    })
  }

  private deliver(pending: Pending): void {
    this.sending = this.sending.then(() => this.tryToSend(pending))
  }

  private post({ clientId, text, files, isNew }: Pending, answer: string): Promise<ChatNews> {
    const said = {
      clientId,
      text,
      answer,
      ...(this.lent.shown().widget?.notesPage === true ? whereOf() : {}),
    }
    const { url, token, since } = this.lent.wire()
    if (files.length === 0) return this.lent.ask('POST', `/messages?${since}`, { ...said, isNew })
    return sendFiles({
      url: `${url}/files?${since}&isNew=${String(isNew)}`,
      token,
      fields: { ...said, isNew: String(isNew) },
      files,
      onProgress: (share) => this.mark(clientId, { share }),
    })
  }

  private async tryToSend(pending: Pending): Promise<void> {
    const { clientId } = pending
    let answer = ''
    for (let tries = 0; ; tries++) {
      try {
        await this.lent.begin()
        if (this.lent.shown().visit === null) throw new Error('not begun')
        if (!this.lent.shown().pending.some((each) => each.clientId === clientId)) return
        return this.lent.arrived(await this.post(pending, answer))
      } catch (error) {
        const isEnded = error instanceof Refused && error.status === 401 && tries === 0
        if (isEnded) await this.lent.endedElsewhere()
        else if (isPuzzle(error) && answer === '') answer = await this.work(clientId)
        else if (error instanceof Refused && error.refusal === 'away')
          return this.closed(clientId).catch(() => this.mark(clientId, { failed: '' }))
        else if (error instanceof Refused || tries + 1 >= TRIES)
          return this.mark(clientId, { failed: reasonOf(error, this.words) })
        else await pause(backOff(tries))
      }
    }
  }

  /** What the desk wants worked out for a message; nothing that it would take where the browser cannot. */
  private async work(clientId: string): Promise<string> {
    return (await solve(`${this.lent.wire().token ?? ''}:${clientId}`)) ?? 'none'
  }

  /** Nobody is there after all: what was written goes into the form. */
  private async closed(clientId: string): Promise<void> {
    const widget = await this.lent.ask<ChatWidget>('GET', '')
    const unsent = this.lent.shown().pending.find((each) => each.clientId === clientId)
    this.unsent = unsent?.text ?? ''
    const { files: chosen, problems } = choose(unsent?.files ?? [], this.lent.shown().chosen, this.words)
    this.lent.show({
      widget,
      // The form takes the place of what has ended.
      isNew: true,
      pending: this.lent.shown().pending.filter((each) => each !== unsent),
      chosen,
      fileProblems: problems,
    })
  }
}
