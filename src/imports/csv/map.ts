// What the columns and values of a CSV mean here: what a person says, and what is suggested. Pure.
import { z } from 'zod'
import { csvTargets, dateOrders, type CsvTarget } from '#imports/csv/targets.ts'
import { isZone } from '#hours/zone.ts'
import { priorities, statuses, type Priority, type Status } from '#tickets/vocabulary.ts'

const value = z.string().max(200)
const few = <V extends z.ZodType>(each: V) =>
  z.record(value, each).refine((record) => Object.keys(record).length <= 1_000, 'has too many entries')

export const csvMap = z
  .strictObject({
    /** By heading; a column that is not named, or null, is left out. Each target but `field` stands once. */
    columns: few(z.enum(csvTargets).nullable()),
    /** By value, whatever its case; a row with a value that is not named is set aside. */
    status: few(z.enum(statuses)).default({}),
    priority: few(z.enum(priorities)).default({}),
    /** By value, an agent's address, or null for nobody. Others are found by address, or come as former agents. */
    assignee: few(z.string().max(320).nullable()).default({}),
    dates: z
      .strictObject({
        order: z.enum(dateOrders).default('ymd'),
        zone: z.string().max(60).refine(isZone, 'is no time zone').default('UTC'),
      })
      .default({ order: 'ymd', zone: 'UTC' }),
  })
  .superRefine(({ columns }, context) => {
    const said = Object.values(columns).filter((each) => each !== null && each !== 'field')
    const twice = said.find((each, index) => said.indexOf(each) !== index)
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['columns'], message })
    if (twice !== undefined) refuse(`Two columns are said to be ${twice}`)
    if (!said.includes('createdAt')) refuse('No column is said to be createdAt: a ticket needs its moment')
    if (!said.includes('subject') && !said.includes('text')) refuse('No column is said to be subject or text')
  })
export type CsvMap = z.output<typeof csvMap>

/** Headings without case and signs, English and German, as the exports of desks name them. */
const HEADINGS: Readonly<Record<Exclude<CsvTarget, 'field'>, readonly string[]>> = {
  id: 'id ticketid ticketnumber ticketno number key issuekey nummer ticketnummer vorgangsnummer'.split(' '),
  subject: 'subject title summary betreff titel thema'.split(' '),
  text: 'description message body text content firstmessage comment beschreibung nachricht inhalt'.split(' '),
  requesterEmail:
    'requesteremail requestermail email emailaddress contactemail customeremail from fromemail reporteremail email1 absender kundenemail mail emailadresse'.split(
      ' ',
    ),
  requesterName:
    'requester requestername name contact contactname customer customername fullname reporter kunde kundenname anfragesteller'.split(
      ' ',
    ),
  status: 'status state ticketstatus zustand'.split(' '),
  priority: 'priority urgency ticketpriority prioritat dringlichkeit prio'.split(' '),
  assignee: 'assignee agent agentname assignedto owner responder bearbeiter zugewiesen zugewiesenan'.split(
    ' ',
  ),
  team: 'team group groupname queue department assignedgroup gruppe abteilung'.split(' '),
  tags: 'tags tag labels label schlagworte schlagworter'.split(' '),
  createdAt:
    'created createdat createdtime createddate creationdate dateopened openedat opened date erstellt erstelltam angelegtam eroffnet datum'.split(
      ' ',
    ),
  updatedAt:
    'updated updatedat lastupdated lastupdatetime lastupdatedtime modified geandert geandertam aktualisiert aktualisiertam'.split(
      ' ',
    ),
  solvedAt:
    'solved solvedat resolved resolvedat resolvedtime resolutiondate closed closedat closedtime gelost gelostam erledigt erledigtam geschlossen geschlossenam'.split(
      ' ',
    ),
}

/** What each heading seems to be; null for what is better asked. No target is suggested twice. */
export function suggestColumns(headings: readonly string[]): Record<string, CsvTarget | null> {
  const left = new Map(headings.map((heading) => [heading, plainOf(heading)]))
  const found: Record<string, CsvTarget | null> = Object.fromEntries(headings.map((each) => [each, null]))
  for (const [target, names] of Object.entries(HEADINGS)) {
    const name = names.find((each) => [...left.values()].includes(each))
    const heading = [...left].find(([, plain]) => plain === name)?.[0]
    if (name === undefined || heading === undefined) continue
    found[heading] = target as CsvTarget
    left.delete(heading)
  }
  return found
}

function plainOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]/g, '')
}

const STATUSES: Readonly<Record<Status, readonly string[]>> = {
  new: ['new', 'neu', 'unassigned'],
  open: ['open', 'inprogress', 'reopened', 'todo', 'active', 'offen', 'inbearbeitung', 'wiedereroffnet'],
  pending: [
    'pending',
    'waitingoncustomer',
    'waitingforcustomer',
    'awaitingreply',
    'wartend',
    'wartetaufkunde',
    'ruckfrage',
  ],
  on_hold: ['onhold', 'hold', 'waitingonthirdparty', 'waiting', 'angehalten', 'wartetaufdritte'],
  resolved: ['resolved', 'solved', 'done', 'fixed', 'gelost', 'erledigt', 'fertig'],
  closed: ['closed', 'geschlossen', 'abgeschlossen', 'archived'],
}
const PRIORITIES: Readonly<Record<Priority, readonly string[]>> = {
  low: ['low', 'lowest', 'minor', 'trivial', 'niedrig', 'gering', 'p4', 'p5'],
  normal: ['normal', 'medium', 'mittel', 'p3', 'standard'],
  high: ['high', 'major', 'hoch', 'p2'],
  urgent: ['urgent', 'highest', 'critical', 'blocker', 'dringend', 'kritisch', 'sehrhoch', 'p1'],
}

/** The status that a word seems to mean. */
export function suggestStatus(word: string): Status | null {
  return meant(STATUSES, word)
}

/** The priority that a word seems to mean. */
export function suggestPriority(word: string): Priority | null {
  return meant(PRIORITIES, word)
}

function meant<Name extends string>(
  words: Readonly<Record<Name, readonly string[]>>,
  word: string,
): Name | null {
  const plain = plainOf(word)
  const found = Object.entries<readonly string[]>(words).find(([, names]) => names.includes(plain))
  return (found?.[0] as Name | undefined) ?? null
}
