// Where the question stands whether it is you: over everything, whichever request the server wants it for.
import { loadAccount } from '../account/lazy.ts'
import { lazily } from '../parts/lazily.tsx'
import { createStore, useStore } from '../state/store.ts'
import { onStepUp } from '../wire/call.ts'

const ProofDialog = lazily(() => loadAccount().then((all) => all.ProofDialog))

type Question = { proofs: readonly string[]; isProved: Promise<boolean>; answer: (isProved: boolean) => void }
const question = createStore<Question | null>(null)

// Requests that are refused at the same moment wait for one answer.
onStepUp((proofs) => {
  const open = question.get()
  if (open !== null) return open.isProved
  const { promise: isProved, resolve } = Promise.withResolvers<boolean>()
  const answer = (yes: boolean) => {
    question.set(null)
    resolve(yes)
  }
  question.set({ proofs, isProved, answer })
  return isProved
})

export function StepUp() {
  const asked = useStore(question, (value) => value)
  return asked && <ProofDialog wanted={asked.proofs as never} onDone={asked.answer} />
}
