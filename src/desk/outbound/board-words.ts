// The words of a mail of a board of now, in the languages of the desk. What boards, causes, verdicts and faults are called says
// `reporting/names.ts`.
import { englishNames, germanNames } from '#reporting/names.ts'
import { germanValues } from '#rules/german.ts'
import type { ActiveStatus } from '#tickets/vocabulary.ts'

export type BoardWords = typeof english

const english = {
  locale: 'en-GB',
  names: englishNames as Readonly<Record<keyof typeof englishNames, string>>,
  head: { what: 'What', value: 'Value', before: 'Before', change: 'Change' },
  asOf: (moment: string, zone: string) => `As of ${moment}, ${zone}`,
  only: (filter: string) => `Only tickets that match: ${filter}`,
  sight: 'Made of the tickets that you see.',
  since: {
    automation: 'Of 90 days, and of the 90 days before.',
    stalls: 'Of 180 days, and of the 180 days before.',
    taxonomy: 'Of the tickets opened in 90 days, and in the 90 days before.',
  },
  points: (points: string) => `${points} points`,
  chance: 'perhaps chance',
  open: 'Open the report',
  why: 'You get this mail because the report is mailed to you. Open it to stop that, under “Mail”. When nobody has opened it for three months, its mails pause.',
  now: {
    unassigned: 'Unassigned',
    oldest: 'The oldest of them',
    overdue: 'Overdue',
    dueSoon: 'Due within an hour',
    working: 'Agents who take work',
    theirs: 'Active tickets they have',
    heldMails: 'Held mails',
    failingMailboxes: 'Failing mailboxes',
    openCircuits: 'Rules cut off in the last hour',
    queue: 'Queue',
    noQueue: 'In no queue',
  },
  automation: {
    rule: 'Rule',
    wrong: 'What is wrong',
    owner: 'Owner',
    fired: 'Fired',
    noOp: 'Did nothing',
    regret: 'Regret',
  },
  stalls: {
    backlog: 'Active tickets',
    until: 'Until nothing is left',
    clears: (soonest: string, latest: string) => `${soonest} to ${latest} days`,
    perhaps: (soonest: string) => `${soonest} days at best, perhaps never`,
    notClearing: 'Does not get less',
    stuck: 'Stuck',
    more: 'Only the 500 oldest are counted as stuck.',
    cause: 'Cause',
    tickets: 'Tickets',
    status: 'Status',
    half: 'Half after',
    statuses: { new: 'New', open: 'Open', pending: 'Pending', on_hold: 'On hold' } as Readonly<
      Record<ActiveStatus, string>
    >,
  },
  taxonomy: {
    tickets: 'Tickets',
    score: 'Points of 100',
    effective: 'Effective categories',
    fault: 'Fault',
    lost: 'Points lost',
  },
}

const german: BoardWords = {
  locale: 'de',
  names: germanNames,
  head: { what: 'Was', value: 'Wert', before: 'Zuvor', change: 'Veränderung' },
  asOf: (moment, zone) => `Stand ${moment}, ${zone}`,
  only: (filter) => `Nur Tickets, auf die dies zutrifft: ${filter}`,
  sight: 'Aus den Tickets, die Sie sehen.',
  since: {
    automation: 'Aus 90 Tagen und den 90 Tagen davor.',
    stalls: 'Aus 180 Tagen und den 180 Tagen davor.',
    taxonomy: 'Aus den Tickets, die in 90 Tagen eröffnet wurden, und in den 90 Tagen davor.',
  },
  points: (points) => `${points} Punkte`,
  chance: 'vielleicht Zufall',
  open: 'Bericht öffnen',
  why: 'Sie erhalten diese Mail, weil Ihnen der Bericht geschickt wird. Öffnen Sie ihn, um das unter „Mail“ zu beenden. Hat ihn drei Monate lang niemand geöffnet, pausieren seine Mails.',
  now: {
    unassigned: 'Nicht zugewiesen',
    oldest: 'Das älteste davon',
    overdue: 'Überfällig',
    dueSoon: 'Binnen einer Stunde fällig',
    working: 'Personen, die Arbeit annehmen',
    theirs: 'Aktive Tickets, die sie haben',
    heldMails: 'Zurückgehaltene Mails',
    failingMailboxes: 'Gestörte Postfächer',
    openCircuits: 'In der letzten Stunde abgeschaltete Regeln',
    queue: 'Warteschlange',
    noQueue: 'In keiner Warteschlange',
  },
  automation: {
    rule: 'Regel',
    wrong: 'Was nicht stimmt',
    owner: 'Besitzer',
    fired: 'Ausgelöst',
    noOp: 'Tat nichts',
    regret: 'Reue',
  },
  stalls: {
    backlog: 'Aktive Tickets',
    until: 'Bis nichts mehr da ist',
    clears: (soonest, latest) => `${soonest} bis ${latest} Tage`,
    perhaps: (soonest) => `Bestenfalls ${soonest} Tage, vielleicht nie`,
    notClearing: 'Wird nicht weniger',
    stuck: 'Festgefahren',
    more: 'Nur die 500 ältesten sind als festgefahren gezählt.',
    cause: 'Ursache',
    tickets: 'Tickets',
    status: 'Status',
    half: 'Die Hälfte nach',
    statuses: germanValues,
  },
  taxonomy: {
    tickets: 'Tickets',
    score: 'Punkte von 100',
    effective: 'Gleich häufige Kategorien',
    fault: 'Mangel',
    lost: 'Verlorene Punkte',
  },
}

/** The words of a language; English where there are none. */
export function boardWords(language: string): BoardWords {
  return /^de\b/i.test(language) ? german : english
}
