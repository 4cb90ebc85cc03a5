// Saving from the pages of the administration: one save at a time with its failures by field, or a change made from a row.
import { useState } from 'react'
import { CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { notify } from '../state/toasts.ts'
import { hasWord, say, sayName } from '../words/say.ts'

/** What was just done stands in the audit. */
const forgetChanges = () => void client.invalidateQueries({ queryKey: ['audit'] })

/** Why something was not done; what keeps it from going live is said in the reader's own language. */
export function refusalOf(error: unknown): string {
  const { refusal = '' } = error instanceof CallFailed ? (error.problem as { readonly refusal?: string }) : {}
  return hasWord(`goLive.${refusal}`) ? sayName('goLive', refusal) : reasonOf(error)
}

/** Runs one save at a time and keeps what went wrong, by field and as a whole. */
export function useSave(onDone: () => void) {
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const errors = fieldErrors(failure)
  const general =
    failure && !(failure instanceof CallFailed && failure.problem.errors?.length) ? refusalOf(failure) : null
  /** `done` null says nothing: the answer shows on the page. */
  const save = async (work: () => Promise<unknown>, done: string | null) => {
    setBusy(true)
    try {
      await work()
      setFailure(null)
      forgetChanges()
      if (done !== null) notify({ title: done })
      onDone()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { save, busy, errors, general, failure }
}

/** A change made from a row, where there is no form to show a failure in; `done` null says nothing. */
export async function attempt(
  work: () => Promise<unknown>,
  done: string | null,
  after: () => void,
): Promise<void> {
  try {
    await work()
    if (done !== null) notify({ title: done })
    forgetChanges()
    after()
  } catch (error) {
    notify({
      kind: 'error',
      title: say('admin.failed'),
      detail: reasonOf(error),
      action: { label: say('action.retry'), run: () => void attempt(work, done, after) },
    })
  }
}
