// The words of reports, each list once: what is asked, answered and shown follows from these. It imports nothing, so that the app takes it
// as it is. The order counts: menus show it.

export const units = ['seconds', 'count', 'share'] as const
export type Unit = (typeof units)[number]

/** What numbers can be told by. */
export const groupFields = [
  'team',
  'assignee',
  'category',
  'priority',
  'channel',
  'brand',
  'author',
  'status',
  'policy',
  'metric',
  'version',
  'age',
  'cause',
  'hour',
  'weekhour',
  'reason',
  'question',
] as const
export type GroupField = (typeof groupFields)[number]

/** Which time durations are told in: working time, or the clock on the wall. */
export const hoursKinds = ['business', 'wall'] as const
export type HoursKind = (typeof hoursKinds)[number]

export const bucketSizes = ['day', 'week', 'month'] as const
export type BucketSize = (typeof bucketSizes)[number]

/** What the time in a status is told by. */
export const stayFields = ['team', 'category'] as const
export type StayField = (typeof stayFields)[number]

/** Why a ticket is stuck, in the order in which one hides the other. */
export const stallCauses = [
  'unassigned',
  'assignee_away',
  'assignee_left',
  'unroutable',
  'on_hold_without_date',
  'pending_without_reminder',
  'waiting_approval',
  'waiting_side_conversation',
  'snooze_overdue',
  'ping_pong',
  'children_open',
  'no_policy',
  'assignee_overloaded',
  'other',
] as const
export type StallCause = (typeof stallCauses)[number]

/** By what it is known who was there: what agents said, or their calendars. */
export const staffedBys = ['presence', 'calendars'] as const
export type StaffedBy = (typeof staffedBys)[number]

/** What a review answers to a question; skip: it does not apply. The order counts: their keys are 1, 2, 3. */
export const reviewAnswers = ['yes', 'no', 'skip'] as const
export type ReviewAnswer = (typeof reviewAnswers)[number]

/** By what two categories look like one. */
export const likenesses = ['name', 'words', 'confusion'] as const
export type Likeness = (typeof likenesses)[number]

/** By what the two kinds of tickets of one category differ. */
export const splitReasons = ['teams', 'time'] as const
export type SplitReason = (typeof splitReasons)[number]

/** What makes a taxonomy untidy. */
export const taxonomyFaults = [
  'other',
  'unset',
  'churn',
  'near',
  'unused',
  'tail',
  'decoration',
  'split',
  'tags',
] as const
export type TaxonomyFault = (typeof taxonomyFaults)[number]

/** How long tickets of a backlog have been open: under so many days, or longer. */
export const ageBands = ['1d', '3d', '7d', '14d', '30d', '90d', 'older'] as const
export type AgeBand = (typeof ageBands)[number]
/** The days under which a band is; null of the last. */
export const daysOfBand = (band: AgeBand) => (band === 'older' ? null : Number.parseInt(band, 10))

/** What a ticket was doing when a clock of it was missed. */
export const breachCauses = ['in_queue', 'with_agent', 'pending', 'on_hold', 'resolved', 'closed'] as const
export type BreachCause = (typeof breachCauses)[number]

/** What is known of a survey, by which it may be likelier to be answered. */
export const surveyTraits = ['channel', 'teamId', 'band', 'resolvedBy', 'outcome'] as const
export type SurveyTrait = (typeof surveyTraits)[number]

/** How long tickets have waited for somebody to take them: less than an hour, four hours, a day, or longer. */
export const waitBands = ['hour', 'hours', 'day', 'longer'] as const
export type WaitBand = (typeof waitBands)[number]

/** What is wrong with a rule, by how it fared. */
export const ruleVerdicts = ['dead', 'orphan', 'noisy', 'fighting', 'wrong', 'risky', 'stale_route'] as const
export type RuleVerdict = (typeof ruleVerdicts)[number]
