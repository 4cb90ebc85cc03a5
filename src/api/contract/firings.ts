// /rulebook/versions/{version}/made and /undo: what rules of a version made of tickets, and taking it back.
import { z } from 'zod'

import { id } from './shapes.ts'

/** GET /rulebook/versions/{version}/made: of one rule, or of all. */
export const firingsQuery = z.strictObject({ rule: z.coerce.number().pipe(id).optional() })
export const undoFirings = z.strictObject({ rule: id.optional() })
/** What taking back the firings of a version would do, as far as it was tried: on the newest tickets. */
export const undoPreview = z.object({
  tickets: z.number().int(),
  tried: z.number().int(),
  firings: z.number().int(),
  /** Tickets of which something would go back. */
  restored: z.number().int(),
  /** Tickets that keep a field because it was changed since, by field; a custom field is `fields.<id>`. */
  changedSince: z.record(z.string(), z.number().int()),
  refused: z.record(z.string(), z.number().int()),
  /** Left the house by these firings, and stays out. */
  mails: z.number().int(),
  webhooks: z.number().int(),
  sample: z.array(id),
})
export type UndoPreview = z.infer<typeof undoPreview>
