// GET and POST /tickets/{id}/touch: for how long the caller had a ticket before them, on a desk that counts that.
import { z } from 'zod'
import { MOST_TOUCH_SECONDS } from '#tickets/touch.ts'

export const newTouch = z.strictObject({ seconds: z.number().int().min(1).max(MOST_TOUCH_SECONDS) })
/** The caller's own sum; null where the desk does not count. */
export const touch = z.object({ seconds: z.number().int().nullable() })
export type Touch = z.infer<typeof touch>
