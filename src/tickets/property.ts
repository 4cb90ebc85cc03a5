// The plain fields of a ticket, one row each: changed as one value by an event of from and to, kept in a column, compared
// when two change at once, and set back by an undo. decide, evolve, the columns and what rules listen to read these rows;
// their order is that in which one update writes them down.
import type { Ticket } from '#tickets/ticket.ts'

type Row = {
  readonly event: `${string}_changed`
  readonly column: string
  /** Has a command of its own and is not set with others. */
  readonly alone?: true
  /** Its values are words that mean the same on every desk: they move from one to another as they are. */
  readonly word?: true
}

export const properties = {
  brandId: { event: 'brand_changed', column: 'brand_id' },
  organizationId: { event: 'organization_changed', column: 'organization_id' },
  formId: { event: 'form_changed', column: 'form_id' },
  type: { event: 'type_changed', column: 'type', word: true },
  priority: { event: 'priority_changed', column: 'priority', word: true },
  categoryId: { event: 'category_changed', column: 'category_id' },
  teamId: { event: 'team_changed', column: 'team_id' },
  queueId: { event: 'queue_changed', column: 'queue_id' },
  requesterId: { event: 'requester_changed', column: 'requester_id', alone: true },
} as const satisfies Partial<Record<keyof Ticket, Row>>

type Properties = typeof properties
export type Property = keyof Properties
/** Those that are set with others in one go. */
export type Settable = { [P in Property]: Properties[P] extends { alone: true } ? never : P }[Property]
export type WordProperty = { [P in Property]: Properties[P] extends { word: true } ? P : never }[Property]
export type PropertyEvent<P extends Property = Property> = Properties[P]['event']
export type PropertyOf<Event extends PropertyEvent> = {
  [P in Property]: Properties[P]['event'] extends Event ? P : never
}[Property]

export const propertyNames = Object.keys(properties) as Property[]
export const settable = propertyNames.filter((name): name is Settable => !('alone' in properties[name]))

export const words = propertyNames.filter((name): name is WordProperty => 'word' in properties[name])

/** Of what somebody says of a ticket, the properties that are words. */
export function wordsIn(said: { readonly [P in WordProperty]?: Ticket[P] | undefined }): {
  readonly [P in WordProperty]?: Ticket[P]
} {
  return Object.fromEntries(
    words.filter((name) => said[name] !== undefined).map((name) => [name, said[name]]),
  )
}

const byEvent: ReadonlyMap<string, Property> = new Map(
  propertyNames.map((name) => [properties[name].event, name]),
)
const byWord: ReadonlyMap<string, Property> = new Map(propertyNames.map((name) => [wordFor(name), name]))

/** What rules and searches call a property: as its event does. */
export function wordFor(name: Property): string {
  return properties[name].event.replace('_changed', '')
}

/** The property that rules and searches call so; null when none is. */
export function propertyCalled(word: string): Property | null {
  return byWord.get(word) ?? null
}

/** The property that an event of this kind changes; null for every other kind. */
export function propertyOf(kind: string): Property | null {
  return byEvent.get(kind) ?? null
}
