// The measures of reports, one row each: what is counted or timed, in which unit, and what the number means. A changed formula is a
// new version.
import type { Verdict } from '#assistant/words.ts'
import type { Unit } from '#reporting/vocabulary.ts'
import type { ActiveStatus } from '#tickets/vocabulary.ts'
import type { ReportKind } from '#tickets/write/report-store.ts'

/** Days until a cohort is judged: before, too little time has passed for its tickets to come back. */
export const REOPEN_DAYS = 14
export const SURVIVAL_DAYS = 7
/** As long as mails are held. */
export const HELD_DAYS = 30
/** As long as a survey can be answered. */
export const SURVEY_DAYS = 30

/** Which facts of a kind are meant: all, the first of a ticket, those after it, the resolve that stands; the assistant's or people's own; those of tickets that are left to people for good. */
export type Which = 'all' | 'first' | 'later' | 'standing' | 'assistants' | 'peoples' | 'held_out'

/** What makes a share's fact a hit. */
export type Test =
  | 'one_touch'
  | 'reopened'
  | 'survived'
  | 'first_contact'
  | 'good'
  | 'bad'
  | 'answered'
  | 'involved'
  | 'automated'
  | 'contained'
  | 'confirmed'
  | 'survived_alone'
  | 'assisted'
  | 'word_by_word'
  | 'accepted'
  | 'edited'
  | 'rejected'

type Facts = { readonly kinds: readonly ReportKind[]; readonly which: Which }

/** How long facts took: since what they answer, or in some statuses until a resolve. */
export type Durations = Facts & {
  readonly from: 'durations'
  readonly spentAs?: readonly ActiveStatus[]
  readonly onlyWall?: true
}
/** How many facts there were; those of `minus` are taken away. */
export type Counts = Facts & { readonly from: 'counts'; readonly minus: readonly ReportKind[] }
/** How many facts pass a test; `days` until that can be said. */
export type Shares = Facts & { readonly from: 'shares'; readonly test: Test; readonly days: number }

export type Source =
  | Durations
  | Counts
  | Shares
  /** Tickets that were active just before the end of a stretch of time. */
  | { readonly from: 'backlog' }
  /** How long the tickets of the backlog had been open by then. */
  | { readonly from: 'ages' }
  /** Clocks that were kept among those that ended; of a count, those that were missed. */
  | { readonly from: 'clocks' }
  /** Answers of the assistant that people have judged, and those of them that were called one of these. */
  | { readonly from: 'verdicts'; readonly called: readonly Verdict[] }
  | Mails
  | Touches
  | Reviews
  | Saved

/** How long people had tickets before them. */
export type Touches = { readonly from: 'touches' }
/** What reviews say of resolves that were drawn by lot. */
export type Reviews = { readonly from: 'reviews' }
/** Resolves by the assistant alone that stood, each with what it would have taken people; `days` until that can be said. */
export type Saved = { readonly from: 'saved'; readonly days: number }

/**
 * Mails: those that left or failed, which of them failed; those that were held, which of them a person let in; those that were let in,
 * for how long they had been held. `days` until that can be said.
 */
export type Mails = {
  readonly from: 'mails'
  readonly which: 'sent' | 'held' | 'recovered'
  readonly days: number
}

export type Measure = {
  readonly unit: Unit
  readonly version: number
  readonly about: string
  readonly source: Source
}

function timed(about: string, kinds: readonly ReportKind[], how: Partial<Durations> = {}): Measure {
  return measure('seconds', about, { from: 'durations', kinds, which: 'all', ...how })
}

function spent(about: string, ...spentAs: readonly ActiveStatus[]): Measure {
  return timed(about, ['resolved'], { which: 'standing', spentAs })
}

function counted(about: string, plus: readonly ReportKind[], how: Partial<Counts> = {}): Measure {
  const { minus = [], which = 'all' } = how
  return measure('count', about, { from: 'counts', kinds: [...plus, ...minus], minus, which })
}

function share(
  about: string,
  test: Test,
  which: Which,
  days: number,
  kinds: readonly ReportKind[] = ['resolved'],
): Measure {
  return measure('share', about, { from: 'shares', kinds, which, test, days })
}

function measure(unit: Unit, about: string, source: Source): Measure {
  return { unit, version: 1, about, source }
}

/** Whose replies people's are. */
export const PEOPLES_REPLIES: readonly ReportKind[] = ['first_reply', 'next_reply', 'further_reply']
const DRAFTS: readonly ReportKind[] = ['draft_accepted', 'draft_edited', 'draft_rejected']

function verdictShare(about: string, ...called: readonly Verdict[]): Measure {
  return measure('share', about, { from: 'verdicts', called })
}

export const measures = {
  arrivals: counted('Tickets opened.', ['opened']),
  resolves: counted('Times that an active ticket was resolved.', ['resolved']),
  reopens: counted('Times that a resolved or closed ticket became active again.', ['reopened']),
  closedUnresolved: counted('Times that an active ticket was closed without being resolved.', [
    'closed_unresolved',
  ]),
  netFlow: counted(
    'Arrivals and reopens less resolves and tickets closed unresolved: by how much the backlog grew.',
    ['opened', 'reopened'],
    { minus: ['resolved', 'closed_unresolved'] },
  ),
  backlog: measure('count', 'Active tickets just before the end of the stretch, or now.', {
    from: 'backlog',
  }),
  backlogAge: measure(
    'seconds',
    'For how long the tickets of the backlog had been open at the end of the stretch, by the clock on the wall.',
    { from: 'ages' },
  ),
  firstReplyTime: timed('From the opening by a customer to the first public reply by a person.', [
    'first_reply',
  ]),
  assistantFirstReplyTime: timed(
    'From the opening to the first public message of the assistant, by the clock on the wall.',
    ['assistant_first_reply'],
    { onlyWall: true },
  ),
  firstAnyReplyTime: timed(
    'From the opening to the first public reply, by a person or the assistant.',
    ['first_reply', 'assistant_first_reply'],
    { which: 'first' },
  ),
  nextReplyTime: timed(
    'After the first reply: from the first message that nobody had answered to the reply by a person.',
    ['next_reply'],
  ),
  firstResolutionTime: timed('From the opening to the first resolve.', ['resolved'], { which: 'first' }),
  fullResolutionTime: timed(
    'From the opening to the last resolve, of tickets that are resolved now or were closed after it.',
    ['resolved'],
    { which: 'standing' },
  ),
  requesterWait: spent(
    'Time as new, open and on hold, of tickets whose resolve stands.',
    'new',
    'open',
    'on_hold',
  ),
  agentWork: spent(
    'Time as new and open, of tickets whose resolve stands: a stand-in by status, not effort.',
    'new',
    'open',
  ),
  pendingTime: spent('Time as pending, of tickets whose resolve stands.', 'pending'),
  onHoldTime: spent('Time on hold, of tickets whose resolve stands.', 'on_hold'),
  publicReplies: counted('Public replies by people.', ['first_reply', 'next_reply', 'further_reply']),
  reopenCount: counted('Times that tickets became active again; the same as reopens.', ['reopened']),
  resolvesMinusOne: counted(
    'Resolves after the first of a ticket; fewer than reopens while a ticket is open again.',
    ['resolved'],
    { which: 'later' },
  ),
  handoffs: counted('Times that a ticket went from one person to another.', ['handoff']),
  teamHops: counted('Times that a ticket went from one team to another.', ['team_hop']),
  pingPong: counted('Times that a ticket came back to a team without a message in between.', ['ping_pong']),
  oneTouch: share(
    'Resolved with one public reply by a person and never reopened.',
    'one_touch',
    'standing',
    0,
  ),
  firstContactResolution: share(
    'One touch, and no new ticket of the requester in the same category within 7 days.',
    'first_contact',
    'standing',
    SURVIVAL_DAYS,
  ),
  reopenRate: share(
    'Tickets that were reopened, by when they were first resolved; sure after 14 days.',
    'reopened',
    'first',
    REOPEN_DAYS,
  ),
  survived: share(
    'Resolves that stood for 7 days, without a new ticket of the requester in the same category.',
    'survived',
    'all',
    SURVIVAL_DAYS,
  ),
  csat: share(
    'Good ratings among those that were given; whose they are is said by the resolve that they are about.',
    'good',
    'all',
    0,
    ['rated'],
  ),
  csatResponse: share(
    'Surveys that were answered among those that were sent, by when they were sent; sure after 30 days.',
    'answered',
    'all',
    SURVEY_DAYS,
    ['surveyed'],
  ),
  assistantInvolved: share(
    'Tickets that the assistant answered in public, among all that were opened.',
    'involved',
    'all',
    0,
    ['opened'],
  ),
  assistantContained: share(
    'Tickets that the assistant answered and nobody else did, among those that it answered. Silence counts here, and only here.',
    'contained',
    'first',
    0,
    ['assistant_answered'],
  ),
  assistantConfirmed: share(
    'Tickets that only the assistant answered and whose customer said that it helped: by a good rating, or by calling it solved.',
    'confirmed',
    'first',
    0,
    ['assistant_answered'],
  ),
  assistantVerified: verdictShare(
    'Answers of the assistant that people call right, among those that they have judged.',
    'correct',
  ),
  assistantSurvived: share(
    'Resolves by the assistant alone that stood for 7 days, without a new ticket of the requester in the same category.',
    'survived_alone',
    'assistants',
    SURVIVAL_DAYS,
  ),
  assistantAssisted: share(
    'Resolves by people that used an answer which the assistant had suggested, among all resolves by people.',
    'assisted',
    'peoples',
    0,
  ),
  assistantAutomation: share(
    'Tickets that the assistant alone resolved for at least 7 days, among all that were opened: involved times survived.',
    'automated',
    'all',
    SURVIVAL_DAYS,
    ['opened'],
  ),
  assistantWrong: verdictShare(
    'Answers of the assistant that people call wrong or harmful, among those that they have judged.',
    'wrong',
    'harmful',
  ),
  assistantHarmful: verdictShare(
    'Answers of the assistant that people call harmful, among those that they have judged.',
    'harmful',
  ),
  assistantReopened: share(
    'Resolves by the assistant that were reopened; sure after 14 days.',
    'reopened',
    'assistants',
    REOPEN_DAYS,
  ),
  peopleReopened: share(
    'Resolves by people that were reopened, to compare with; sure after 14 days.',
    'reopened',
    'peoples',
    REOPEN_DAYS,
  ),
  assistantBadRatings: share(
    'Bad ratings among those of tickets that the assistant had resolved.',
    'bad',
    'assistants',
    0,
    ['rated'],
  ),
  holdoutBadRatings: share(
    'Bad ratings on tickets that are left to people for good, among all ratings there: what the assistant is compared with.',
    'bad',
    'held_out',
    0,
    ['rated'],
  ),
  unneededEscalations: share(
    'Hand-overs by the assistant after which a person sent just the answer that it had suggested.',
    'word_by_word',
    'all',
    0,
    ['assistant_escalated'],
  ),
  draftsAccepted: share('Suggested answers that people sent as they were.', 'accepted', 'all', 0, DRAFTS),
  draftsEdited: share('Suggested answers that people changed and sent.', 'edited', 'all', 0, DRAFTS),
  draftsRejected: share(
    'Suggested answers in whose place people wrote something else.',
    'rejected',
    'all',
    0,
    DRAFTS,
  ),
  minutesSaved: measure(
    'seconds',
    'Of each resolve by the assistant alone that stood for 7 days: the time that people spend on a ticket, which is the median of touchTime of what they resolved in its category, else of all that they resolved, where there are ten such tickets of three people or more in the window and the 90 days before; else what the desk has set down for one.',
    { from: 'saved', days: SURVIVAL_DAYS },
  ),
  touchTime: measure(
    'seconds',
    'For how long people had a ticket before them: in focus, and no longer than a minute after they last did something. Only on a desk that asks for it; by its author everybody has their own alone, and of fewer than three people nothing is told.',
    { from: 'touches' },
  ),
  reviewed: measure(
    'share',
    'Reviews of resolves by people that were drawn by lot, by when they were written: those in which no question was answered with no. By question: its answers. Whoever does not lead has those of their own resolves alone.',
    { from: 'reviews' },
  ),
  slaAttainment: measure(
    'share',
    'Clocks that were met among those met or missed; one cancelled before its target counts as neither.',
    { from: 'clocks' },
  ),
  slaBreaches: measure('count', 'Clocks that were missed, by when they were.', { from: 'clocks' }),
  deliveryFailureRate: measure(
    'share',
    'Mails about tickets that failed, or that another server reported back for good, among those that left or failed.',
    { from: 'mails', which: 'sent', days: 0 },
  ),
  quarantineDelay: measure(
    'seconds',
    'For how long mails that a person let in had been held, by when they were let in; by the clock on the wall.',
    { from: 'mails', which: 'recovered', days: 0 },
  ),
  quarantineFalsePositive: measure(
    'share',
    'Held mails that a person let in among all that were held, by when they were held; sure after 30 days.',
    { from: 'mails', which: 'held', days: HELD_DAYS },
  ),
} as const satisfies Record<string, Measure>

export type MeasureKey = keyof typeof measures
export const measureKeys = Object.keys(measures) as MeasureKey[]

/** Whether there is a measure of this key. */
export function isMeasureKey(key: string): key is MeasureKey {
  return Object.hasOwn(measures, key)
}

/** Whether of single people it is told to themselves alone, not to leads either: how long somebody sits over tickets. */
export function isOnesOwn(key: MeasureKey): boolean {
  return (measures[key] as Measure).source.from === 'touches'
}
