// Learning, from time to time: each field from what people called the desk's own settled tickets, and from what categories say of
// themselves. What is learnt is a version with how well it did on what it had not seen.
import { addClassifier, labelledTexts, newestClassifiers } from '#assistant/classifier-store.ts'
import { describedCategories } from '#assistant/config-store.ts'
import type { Labelled } from '#assistant/classifier.ts'
import { triageFields, type TriageField } from '#assistant/words.ts'
import { createReader, type AssistantReader } from '#desk/assistant/reader.ts'
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import { sampleOf } from '#knowledge/language.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const AGAIN_SECONDS = 86_400

/** Learns what is due, in a thread of its own that ends with it; says when to look again. */
export async function learnDue(desk: Desk): Promise<Instant | null> {
  const { config } = (await desk.setup.now()).assistant
  if (config === null) return null
  const at = desk.clock.now()
  const newest = new Map((await newestClassifiers(desk.database)).map((each) => [each.field, each.at]))
  const due = triageFields.filter((field) => {
    const last = newest.get(field)
    return config.triage[field] !== 'off' && (last === undefined || plus(last, AGAIN_SECONDS) <= at)
  })
  if (due.length === 0) return plus(at, AGAIN_SECONDS)
  const reader = createReader()
  try {
    for (const field of due) await learnField(desk, reader, field)
  } finally {
    await reader.close()
  }
  tell(desk.database, { changed: 'runs', id: null })
  return plus(at, AGAIN_SECONDS)
}

/** Learns one field. Without labels and without descriptions there is nothing to learn. */
async function learnField(desk: Desk, reader: AssistantReader, field: TriageField): Promise<void> {
  const db = desk.database
  const examples = (await labelledTexts(db, field)).map(({ text, labels }) => ({ text, labels }))
  const priors = await priorsOf(db, field)
  if (examples.length + priors.length === 0) return
  const { measured, model } = await reader.ask({ kind: 'learn', field, examples, priors, isKept: true })
  if (model === null) throw new Error('Bug: what was learnt did not come')
  const said = [...examples.flatMap((each) => each.labels), ...priors.map(({ label }) => label)]
  const labels = new Set(said).size
  await addClassifier(db, { field, at: desk.clock.now(), labels, measured, model })
}

/** What is known before anything was learnt: what categories say of themselves, and the small words of each language. */
export async function priorsOf(db: Db, field: TriageField): Promise<Labelled[]> {
  if (field === 'language') return Object.entries(sampleOf).map(([label, text]) => ({ label, text }))
  if (field !== 'category') return []
  return (await describedCategories(db)).map(({ id, path, definition }) => ({
    label: String(id),
    text: `${path.replaceAll('/', ' ')}\n${definition}`,
  }))
}
