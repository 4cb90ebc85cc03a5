// The two forms of the panel: a message left while nobody is there, and who the visitor says they are.
import { useState } from 'preact/hooks'

import { newId, reasonOf } from './ask.ts'
import type { Conversation } from './conversation.ts'
import { Attach, Chosen } from './Files.tsx'
import { localeOf, type Words } from './words.ts'

type Props = { conversation: Conversation; words: Words }

/** One sending at a time; what went wrong stays beside what was written. */
function useSending(words: Words, work: (form: FormData) => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    work(new FormData(event.target as HTMLFormElement))
      .then(() => setProblem(null))
      .catch((error: unknown) => setProblem(reasonOf(error, words)))
      .finally(() => setBusy(false))
  }
  return { busy, problem, submit }
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

export function Away({ conversation, words }: Props) {
  const [left, setLeft] = useState<{ number: number; email: string } | null>(null)
  if (left === null) return <Leave conversation={conversation} words={words} onLeft={setLeft} />
  return (
    <div class="fields left">
      <h3 tabIndex={-1} ref={(element) => element?.focus()}>
        {words.thanks}
      </h3>
      <p role="status">{words.kept(left.number, left.email)}</p>
      <button type="button" class="plain" onClick={() => setLeft(null)}>
        {words.another}
      </button>
    </div>
  )
}

function Leave({
  conversation,
  words,
  onLeft,
}: Props & { onLeft: (left: { number: number; email: string }) => void }) {
  const { widget, visit, chosen } = conversation.shown
  const [share, setShare] = useState(0)
  const [clientId] = useState(() => newId())
  const { busy, problem, submit } = useSending(words, async (form) => {
    const email = textOf(form, 'email')
    const word = { name: textOf(form, 'name'), email, text: textOf(form, 'text'), clientId }
    const number = await conversation.outgoing.leave(word, setShare)
    // Whose address is confirmed is answered there, whatever was typed.
    onLeft({ number, email: visit?.kind === 'verified' ? (visit.email ?? email) : email })
  })
  return (
    <form class="fields" onSubmit={submit}>
      <p>
        {words.away} {widget?.opensAt && words.back(whenOf(widget.opensAt, words))} {words.leave}
      </p>
      <label>
        {words.name}
        <input name="name" autocomplete="name" maxLength={200} defaultValue={visit?.name ?? ''} />
      </label>
      <label>
        {words.email}
        <input
          name="email"
          type="email"
          required
          autocomplete="email"
          maxLength={320}
          defaultValue={visit?.email ?? ''}
        />
      </label>
      <label>
        {words.text}
        <textarea
          name="text"
          required
          maxLength={4_000}
          defaultValue={conversation.outgoing.unsent}
          onPaste={(event) => conversation.outgoing.paste(event)}
        />
      </label>
      <Attach conversation={conversation} words={words}>
        {words.attach}
      </Attach>
      <Chosen conversation={conversation} words={words} />
      {problem !== null && (
        <p class="error" role="alert">
          {words.failed} {problem}
        </p>
      )}
      <button class="send" disabled={busy}>
        {busy ? words.sending : words.send}
        {busy && chosen.length > 0 && <progress aria-label={words.sending} value={share} max={1} />}
      </button>
    </form>
  )
}

const DAYS_MS = 6 * 86_400_000

/** A moment in the visitor's own zone. */
export function whenOf(at: string, words: Words): string {
  const moment = new Date(at)
  // A weekday alone is the next of its name.
  const day = moment.getTime() - Date.now() > DAYS_MS ? ({ day: 'numeric', month: 'long' } as const) : {}
  return moment.toLocaleString(localeOf(words), {
    weekday: 'long',
    ...day,
    hour: 'numeric',
    minute: '2-digit',
  })
}

/** Who the visitor says they are; and, of who has named an address, the way to show that it is theirs. */
export function Who({ conversation, words }: Props) {
  const { visit } = conversation.shown
  const [isAnew, setAnew] = useState(false)
  if (visit === null || visit.kind === 'verified') return null
  if (visit.email !== null && !isAnew)
    return (
      <Confirm conversation={conversation} words={words} email={visit.email} onAnew={() => setAnew(true)} />
    )
  return (
    <Introduce
      key={visit.email}
      conversation={conversation}
      words={words}
      isOpen={isAnew}
      onDone={() => setAnew(false)}
    />
  )
}

function Introduce({ conversation, words, isOpen, onDone }: Props & { isOpen: boolean; onDone: () => void }) {
  const { visit } = conversation.shown
  const { busy, problem, submit } = useSending(words, async (form) => {
    await conversation.introduce(textOf(form, 'name'), textOf(form, 'email'))
    onDone()
  })
  return (
    <details class="who" open={isOpen}>
      <summary>{words.who}</summary>
      <form class="fields" onSubmit={submit}>
        <p>{words.whoHelp}</p>
        <label>
          {words.name}
          <input name="name" required autocomplete="name" maxLength={200} defaultValue={visit?.name ?? ''} />
        </label>
        <label>
          {words.email}
          <input
            name="email"
            type="email"
            autocomplete="email"
            maxLength={320}
            defaultValue={visit?.email ?? ''}
          />
        </label>
        {problem !== null && (
          <p class="error" role="alert">
            {words.failed} {problem}
          </p>
        )}
        <button class="send" disabled={busy}>
          {words.save}
        </button>
      </form>
    </details>
  )
}

type ConfirmProps = Props & { email: string; onAnew: () => void }

function Confirm({ conversation, words, email, onAnew }: ConfirmProps) {
  const [code, setCode] = useState(() => conversation.codeFor(email))
  const { busy, problem, submit } = useSending(words, async () => setCode(await conversation.confirm(email)))
  return (
    <form class="notice confirm" onSubmit={submit}>
      <p role="status">
        {code === null ? words.unconfirmed(email) : words.linkSent(email)}
        {code !== null && <strong> {words.code(code)}</strong>}
      </p>
      {problem !== null && (
        <p class="error" role="alert">
          {problem || words.lost}
        </p>
      )}
      <button class="plain" disabled={busy}>
        {code === null ? words.sendLink : words.sendLinkAgain}
      </button>
      <button type="button" class="link" onClick={onAnew}>
        {words.otherAddress}
      </button>
    </form>
  )
}
