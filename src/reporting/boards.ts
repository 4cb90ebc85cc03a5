// The boards of reports and what one can be set to, as relative words: a link, a saved report and a scheduled mail mean the same by
// them. It brings nothing along, so that the app takes it as it is. The order counts: menus show it.
import type { MeasureKey } from './measures.ts'
import type { BucketSize, GroupField, HoursKind } from './vocabulary.ts'

export const boards = [
  'now',
  'flow',
  'speed',
  'sla',
  'quality',
  'people',
  'automation',
  'assistant',
  'stalls',
  'taxonomy',
  'measure',
] as const
export type Board = (typeof boards)[number]

const ACTIVE = 'status:new,open,pending,on_hold'
/** What finds the tickets that numbers of the board of now count. */
export const searchesOfNow = {
  unassigned: 'is:unassigned status:new,open -is:snoozed',
  overdue: `is:overdue ${ACTIVE}`,
  dueSoon: `sla:>=0m sla:<60m ${ACTIVE}`,
} as const

/** Of one person, fewer say nothing. */
export const FEWEST_OF_ONE = 20

/** So many of the newest tickets of a category are looked at to see whether they are of two kinds. */
export const SPLIT_EACH = 120

/** What is told of the assistant: how far its answers get, what harm is in them, what people make of its drafts. */
export const assistantMeasures = {
  ladder: [
    'assistantInvolved',
    'assistantContained',
    'assistantConfirmed',
    'assistantVerified',
    'assistantSurvived',
    'assistantAssisted',
    'assistantAutomation',
  ],
  harm: [
    'assistantWrong',
    'assistantHarmful',
    'assistantReopened',
    'peopleReopened',
    'assistantBadRatings',
    'holdoutBadRatings',
    'unneededEscalations',
  ],
  drafts: ['draftsAccepted', 'draftsEdited', 'draftsRejected'],
} as const satisfies Record<string, readonly MeasureKey[]>

/** The measures that a board tells of a window. What is not here tells of now. */
export const measuresOfBoard = {
  flow: ['arrivals', 'resolves', 'reopens', 'closedUnresolved', 'netFlow', 'backlog'],
  speed: ['firstReplyTime', 'nextReplyTime', 'fullResolutionTime', 'requesterWait'],
  sla: ['slaAttainment', 'slaBreaches'],
  quality: [
    'csat',
    'csatResponse',
    'reopenRate',
    'survived',
    'oneTouch',
    'firstContactResolution',
    'deliveryFailureRate',
  ],
  assistant: [...assistantMeasures.ladder, ...assistantMeasures.harm, ...assistantMeasures.drafts],
  people: ['publicReplies', 'firstReplyTime', 'nextReplyTime', 'resolves', 'oneTouch', 'survived', 'csat'],
} as const satisfies Partial<Record<Board, readonly MeasureKey[]>>

/** Days up to today, whole weeks and months that are over, and days of one's own. */
export const ranges = ['7d', '30d', '90d', '365d', 'lastWeek', 'lastMonth', 'own'] as const
export type Range = (typeof ranges)[number]

/** What a window is compared with: as many days just before, or the same weekdays 52 weeks earlier. */
export const comparisons = ['previous', 'year'] as const
export type Comparison = (typeof comparisons)[number]

/** Those fields that every board can be told by. */
export const boardFields = [
  'team',
  'channel',
  'category',
  'priority',
  'assignee',
  'brand',
] as const satisfies readonly GroupField[]
export type BoardField = (typeof boardFields)[number]

/** How often a report is mailed. */
export const rhythms = ['day', 'weekday', 'week', 'month'] as const
export type Rhythm = (typeof rhythms)[number]

/** Why a report is not mailed any more, until somebody lets it go on. */
export const pauses = ['hand', 'unread', 'failed', 'nobody', 'owner_left'] as const
export type Pause = (typeof pauses)[number]

/** What a board is set to; what is left out is as it is unless said. */
export type BoardState = {
  readonly range?: Range | undefined
  /** Days, both whole, with the range `own`. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly bucket?: BucketSize | undefined
  readonly by?: BoardField | undefined
  readonly zone?: string | undefined
  readonly hours?: HoursKind | undefined
  readonly compare?: Comparison | undefined
  /** Of the board that tells one measure. */
  readonly measure?: string | undefined
}

export type Days = { readonly from: string; readonly to: string }
const DAY = 86_400_000

/** The day so many days after. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** The days that a board tells of, both whole, when it is `today`; thirty unless said. */
export function daysOf({ range = '30d', from, to }: BoardState, today: string): Days {
  if (range === 'own') return { from: from ?? dayAfter(today, -29), to: to ?? today }
  if (range === 'lastWeek') {
    const monday = dayAfter(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
    return { from: dayAfter(monday, -7), to: dayAfter(monday, -1) }
  }
  if (range === 'lastMonth') {
    const last = dayAfter(`${today.slice(0, 7)}-01`, -1)
    return { from: `${last.slice(0, 7)}-01`, to: last }
  }
  return { from: dayAfter(today, 1 - Number.parseInt(range, 10)), to: today }
}

/** The stretches that a window is told by unless said: days up to two months, weeks up to a year and a half, months beyond. */
export function fittingBucket({ from, to }: Days): BucketSize {
  const days = (Date.parse(to) - Date.parse(from)) / DAY
  return days <= 62 ? 'day' : days <= 550 ? 'week' : 'month'
}
