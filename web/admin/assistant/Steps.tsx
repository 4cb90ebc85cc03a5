// Steps of the ladder that a version took, a line each.
import type { LadderStep } from '../../../src/api/contract/assistant.ts'
import { useCategories } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'

export function Steps({ steps }: { steps: readonly LadderStep[] }) {
  const categories = useCategories()
  return steps.map(({ categoryId, from, to, why }) => (
    <div key={categoryId}>
      {say('ladder.came', {
        category: categories.find(({ id }) => id === categoryId)?.path ?? `#${categoryId}`,
        from: sayName('rung', from),
        to: sayName('rung', to),
        why: sayName('stepReason', why),
      })}
    </div>
  ))
}
