// The assistant, live: looks at tickets with a new word of a customer's, takes back what a switch reaches, and learns once a day. A desk
// without a live configuration does nothing here.
import { outsideOf } from '#assistant/look-up.ts'
import { lookedUpBy } from '#assistant/procedure.ts'
import { assistantDue } from '#assistant/run-store.ts'
import { keepKnowledge } from '#desk/assistant/knowledge.ts'
import { learnDue } from '#desk/assistant/learn.ts'
import { stopLookUps } from '#desk/assistant/look-ups.ts'
import { createReader } from '#desk/assistant/reader.ts'
import { recallSwitchedOff } from '#desk/assistant/recall.ts'
import { modelsOf } from '#desk/assistant/models.ts'
import { runOn } from '#desk/assistant/run.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Round } from '#store/lane.ts'
import { createLocks } from '#store/lock.ts'

const AT_ONCE = 20
const TOGETHER = 4
/** A ticket that fails is not first again: the others are looked at before. */
const STEPS_BACK_MS = 60_000

/** The rounds of one worker, and how its thread ends. */
export function assistantLane(desk: Desk): {
  /** A round of its own: what is switched off is taken back however long a model thinks. */
  readonly recallNext: () => Promise<Round>
  readonly answerNext: () => Promise<Round>
  readonly learnNext: () => Promise<Round>
  /** Lets go of what is asked of models, so that the rounds can end. */
  readonly stop: () => void
  readonly close: () => Promise<void>
} {
  const reader = createReader()
  const knowledge = keepKnowledge(reader)
  const models = modelsOf(desk)
  const locks = createLocks(desk.database)
  const steppedBack = new Map<TicketId, number>()
  const look = async (id: TicketId) => {
    try {
      await runOn(desk, { knowledge, models }, id)
      steppedBack.delete(id)
    } catch (error) {
      // The database is away, for all of them.
      if (error instanceof Fault) throw error
      steppedBack.set(id, Date.now() + STEPS_BACK_MS)
      desk.log.error({ err: error, ticketId: id }, 'The assistant failed on a ticket and looks at it later')
    }
  }
  const answerNext = async (): Promise<Round> => {
    if ((await desk.setup.now()).assistant.config === null) return null
    for (const [id, until] of steppedBack) if (until <= Date.now()) steppedBack.delete(id)
    const due = await assistantDue(desk.database, [...steppedBack.keys()], AT_ONCE)
    if (due.length === 0) return null
    await knowledge.refresh(desk.database, desk.clock.now())
    // Some at a time: where a model words drafts, one that is slow holds up few.
    for (let from = 0; from < due.length && !models.isClosed(); from += TOGETHER)
      await Promise.all(due.slice(from, from + TOGETHER).map(look))
    return models.isClosed() ? null : 'more'
  }
  return {
    recallNext: async () => {
      await recallSwitchedOff(desk)
      return null
    },
    answerNext: async () => {
      const { config } = (await desk.setup.now()).assistant
      const asksOthers = lookedUpBy(config?.procedures ?? []).some((from) => outsideOf(from) !== null)
      if ((config?.providerId ?? null) === null && !asksOthers) return answerNext()
      // One process at a time: two would ask a model, or another system, the same.
      const lock = await locks.take('assistant', 0)
      if (lock === null) return null
      return answerNext().finally(() => lock.release())
    },
    learnNext: () => learnDue(desk),
    stop: () => {
      models.close()
      stopLookUps(desk)
    },
    close: async () => {
      await Promise.all([reader.close(), locks.close()])
    },
  }
}
