// A change that is made by one press, where there is no form to show a failure in.
import { notify } from '../state/toasts.ts'
import { reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'

/** `done` null says nothing: the answer shows by itself. */
export async function attempt(work: () => Promise<unknown>, done: string | null): Promise<void> {
  try {
    await work()
    if (done !== null) notify({ title: done })
  } catch (error) {
    notify({ kind: 'error', title: say('account.failed'), detail: reasonOf(error) })
  }
}
