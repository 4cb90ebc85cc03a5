// When somebody is there for chats: the widget's own hours, else those of its brand.
import { ALWAYS, type Calendar } from '#hours/calendar.ts'
import { isOpen, nextOpen } from '#hours/working-time.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { Widget } from '#setup/widget.ts'

/** The calendar of a widget; one that is gone closes nobody out. */
function calendarOf({ calendarId, brandId }: Widget, { sla }: Setup): Calendar {
  if (calendarId === null) return sla.used.get(`brand:${brandId}`) ?? ALWAYS
  return sla.calendars.get(calendarId) ?? ALWAYS
}

/** Whether somebody is there now; if not, from when on. Null: nobody can say. */
export function presenceOf(
  widget: Widget,
  setup: Setup,
  now: Instant,
): { readonly isOpen: true } | { readonly isOpen: false; readonly opensAt: Instant | null } {
  const calendar = calendarOf(widget, setup)
  const at = Date.parse(now)
  if (isOpen(calendar, at)) return { isOpen: true }
  const next = nextOpen(calendar, at)
  return { isOpen: false, opensAt: next === null ? null : instant(next) }
}
