// The two forms of the panel: a message left while nobody is there, and who the visitor says they are.
import { useState } from 'preact/hooks'

import { reasonOf } from './ask.ts'
import type { Conversation } from './conversation.ts'
import type { Words } from './words.ts'

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
  const { widget, visit } = conversation.shown
  const [isDone, setDone] = useState(false)
  const [clientId] = useState(() => crypto.randomUUID())
  const { busy, problem, submit } = useSending(words, async (form) => {
    const word = {
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
      text: textOf(form, 'text'),
      clientId,
    }
    await conversation.leave(word)
    setDone(true)
  })
  if (isDone)
    return (
      <p class="notice" role="status" tabIndex={-1} ref={(element) => element?.focus()}>
        {words.thanks}
      </p>
    )
  return (
    <form class="fields" onSubmit={submit}>
      <p>
        {words.away} {widget?.opensAt && words.back(whenOf(widget.opensAt))} {words.leave}
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
        <textarea name="text" required maxLength={4_000} defaultValue={conversation.unsent} />
      </label>
      {problem !== null && (
        <p class="error" role="alert">
          {words.failed} {problem}
        </p>
      )}
      <button class="send" disabled={busy}>
        {busy ? words.sending : words.send}
      </button>
    </form>
  )
}

/** A moment in the visitor's own zone. */
function whenOf(at: string): string {
  return new Date(at).toLocaleString([], { weekday: 'long', hour: '2-digit', minute: '2-digit' })
}

export function Who({ conversation, words }: Props) {
  const { visit } = conversation.shown
  const { busy, problem, submit } = useSending(words, (form) =>
    conversation.introduce(textOf(form, 'name'), textOf(form, 'email')),
  )
  if (visit === null || visit.kind !== 'anonymous') return null
  return (
    <details class="who">
      <summary>{words.who}</summary>
      <form class="fields" onSubmit={submit}>
        <p>{words.whoHelp}</p>
        <label>
          {words.name}
          <input name="name" required autocomplete="name" maxLength={200} />
        </label>
        <label>
          {words.email}
          <input name="email" type="email" autocomplete="email" maxLength={320} />
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
