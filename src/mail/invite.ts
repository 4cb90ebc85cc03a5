// A calendar part as what it is: an invitation, its change or its cancellation, in the words and times of its own.
import ICAL from 'ical.js'
import { cleanLine } from '#mail/clean.ts'
import type { Mail } from '#mail/mail.ts'

export type Invite = {
  readonly method: 'request' | 'cancel' | 'reply' | 'other'
  readonly summary: string
  /** ISO 8601; with a Z, or without where the event's own zone counts. */
  readonly start: string | null
  readonly end: string | null
  readonly zone: string | null
  readonly location: string
  readonly organizer: string
}

/** A guest's yes (or perhaps) to an invitation, with what they said to it; null when the mail is none. */
export function acceptance(mail: Mail): { readonly summary: string; readonly comment: string } | null {
  const event = eventOf(mail)
  if (event === null || event.method !== 'reply') return null
  const answers = event.event.getAllProperties('attendee').map((each) => each.getFirstParameter('partstat'))
  const isYes = answers.length > 0 && answers.every((each) => /^(?:accepted|tentative)$/i.test(String(each)))
  return isYes ? { summary: textIn(event.event, 'summary'), comment: textIn(event.event, 'comment') } : null
}

const MOST_BYTES = 200_000

/** The invitation a mail carries, or null. */
export function inviteOf(mail: Mail): Invite | null {
  const found = eventOf(mail)
  if (found === null) return null
  const { event, method } = found
  const when = (name: string) => event.getFirstPropertyValue(name)?.toString() ?? null
  const zone = event.getFirstProperty('dtstart')?.getFirstParameter('tzid')
  return {
    method: method === 'request' || method === 'cancel' || method === 'reply' ? method : 'other',
    summary: textIn(event, 'summary'),
    start: when('dtstart'),
    end: when('dtend'),
    zone: typeof zone === 'string' && zone !== '' ? zone.slice(0, 60) : null,
    location: textIn(event, 'location'),
    organizer: textIn(event, 'organizer').replace(/^mailto:/i, ''),
  }
}

function textIn(event: InstanceType<typeof ICAL.Component>, name: string): string {
  return cleanLine(String(event.getFirstPropertyValue(name) ?? '')).slice(0, 300)
}

function eventOf(mail: Mail): { event: InstanceType<typeof ICAL.Component>; method: string } | null {
  const part = mail.attachments.find(({ type }) => type === 'text/calendar' || type === 'application/ics')
  if (part === undefined || part.bytes.length > MOST_BYTES) return null
  try {
    const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(part.bytes)))
    const event = calendar.getFirstSubcomponent('vevent')
    if (event === null) return null
    return { event, method: String(calendar.getFirstPropertyValue('method') ?? '').toLowerCase() }
  } catch {
    // What no reader understands stays a file.
    return null
  }
}
