// The assistant, live: looks at tickets with a new word of a customer's, takes back what a switch reaches, and learns once a day. A desk
// without a live configuration does nothing here.
import { assistantDue } from '#assistant/run-store.ts'
import { keepKnowledge } from '#desk/assistant/knowledge.ts'
import { learnDue } from '#desk/assistant/learn.ts'
import { createReader } from '#desk/assistant/reader.ts'
import { openModels } from '#desk/assistant/models.ts'
import { recallSwitchedOff } from '#desk/assistant/recall.ts'
import { runOn } from '#desk/assistant/run.ts'
import type { Desk } from '#desk/desk.ts'
import type { Round } from '#store/lane.ts'

const AT_ONCE = 20
const TOGETHER = 4

/** The rounds of one worker, and how its thread ends. */
export function assistantLane(desk: Desk): {
  readonly answerNext: () => Promise<Round>
  readonly learnNext: () => Promise<Round>
  readonly close: () => Promise<void>
} {
  const reader = createReader()
  const knowledge = keepKnowledge(reader)
  const models = openModels(desk)
  return {
    answerNext: async () => {
      await recallSwitchedOff(desk)
      if ((await desk.setup.now()).assistant.config === null) return null
      const due = await assistantDue(desk.database, AT_ONCE)
      if (due.length === 0) return null
      await knowledge.refresh(desk.database, desk.clock.now())
      // Some at a time: where a model words drafts, one that is slow holds up few.
      for (let from = 0; from < due.length; from += TOGETHER)
        await Promise.all(
          due.slice(from, from + TOGETHER).map((id) => runOn(desk, { knowledge, models }, id)),
        )
      return 'more'
    },
    learnNext: () => learnDue(desk),
    close: reader.close,
  }
}
