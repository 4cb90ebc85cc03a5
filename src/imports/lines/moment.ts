// A moment in a line. Pure.
import { z } from 'zod'
import { instant, type Instant } from '#kit/time.ts'

/** As instants are written; on these days and at these hours none can be another one. */
const WRITTEN = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):\d\d:\d\d\.\d{3}Z$/
/** No desk is older than its computers, and none has begun to tell of the next century. */
const [EARLIEST, LATEST] = ['1970-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z']

export const moment = z.string().transform((text, context): Instant => {
  const ms = Date.parse(text)
  // Made anew it would be the same, and a desk has thirty of them for each ticket.
  const isWritten = !Number.isNaN(ms) && WRITTEN.test(text)
  const at = isWritten ? text : Number.isNaN(ms) ? '' : instant(ms)
  if (at >= EARLIEST && at < LATEST) return at as Instant
  context.addIssue({ code: 'custom', message: 'is no moment of a desk' })
  return z.NEVER
})
