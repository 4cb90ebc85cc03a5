// What Amazon SES tells by mail through SNS: JSON in the text. Read by its fields, for lines are folded on the way.
import type { DeliveryStatus } from '#mail/delivery-status.ts'

type Kind = 'Bounce' | 'Delivery' | 'DeliveryDelay' | 'Complaint'

const begins =
  /^\s*\{[^{}]{0,200}?"(?:notificationType|eventType)"\s*:\s*"(Bounce|Delivery|DeliveryDelay|Complaint)"/
const actions = { Bounce: 'failed', Delivery: 'delivered', DeliveryDelay: 'delayed', Complaint: 'delivered' }

/** What the notification is about, or null when the text is none. */
export function sesKind(text: string): Kind | null {
  const kind = begins.exec(text.slice(0, 500))?.[1]
  return kind === undefined ? null : (kind as Kind)
}

/** The first recipient's fate; null when the text is no notification of one. */
export function sesStatus(text: string): DeliveryStatus | null {
  const kind = sesKind(text)
  if (kind === null || kind === 'Complaint') return null
  const whole = text.slice(0, 100_000).replace(/!?\r?\n\s*/g, '')
  const field = (name: string): string | null =>
    new RegExp(`"${name}"\\s*:\\s*\\[?"([^"\\\\]{1,1000})`).exec(whole)?.[1] ?? null
  const permanent = field('bounceType') === 'Permanent'
  const claimed = kind === 'Delivery' ? '2.0.0' : kind === 'Bounce' && permanent ? '5.0.0' : '4.0.0'
  return {
    recipient: field('emailAddress') ?? field('recipients') ?? field('destination'),
    action: actions[kind],
    status: field('status') ?? claimed,
    diagnostic: (field('diagnosticCode') ?? field('smtpResponse') ?? '').replace(/^smtp\s*;\s*/i, ''),
  }
}
