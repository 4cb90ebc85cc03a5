// What templates of rules can say about a ticket: gathered once for an update, as plain data.
import type { UpdateScene } from '#desk/rules/scene.ts'
import type { Decided } from '#desk/update.ts'
import { firstName } from '#people/first-name.ts'
import type { Desk } from '#desk/desk.ts'
import { writeInHand } from '#desk/in-hand.ts'
import { leavesOf } from '#rules/condition.ts'
import { capturesOf } from '#rules/evaluate.ts'
import type { TemplateData } from '#rules/render.ts'
import type { Rule } from '#rules/rule.ts'
import { personFacts } from '#rules/scene-store.ts'
import { valueOf } from '#rules/values.ts'
import type { Db } from '#store/database.ts'
import { findTicket } from '#tickets/ticket-store.ts'
import type { FieldValue, Ticket } from '#tickets/ticket.ts'

export type Texts = Omit<TemplateData, 'rule' | 'match'>

/** The data of a ticket as rules have left it. */
export async function textsOf(
  desk: Desk,
  db: Db,
  decided: Decided,
  ticket: Ticket,
  scene: UpdateScene,
): Promise<Texts> {
  const { content, setup, before } = decided
  const { directory } = setup
  const requester = scene.content.requester ?? (await personFacts(db, ticket.requesterId))
  await writeInHand(db, content.inHand)
  const assignee = directory.agents.find(({ id }) => id === ticket.assigneeId)
  const subject =
    content.subject?.text ?? (before === null ? '' : ((await findTicket(db, ticket.id))?.subject ?? ''))
  return {
    ticket: {
      id: ticket.id,
      subject,
      status: ticket.status,
      priority: ticket.priority,
      category: directory.categories.find(({ id }) => id === ticket.categoryId)?.path ?? '',
      team: directory.teams.find(({ id }) => id === ticket.teamId)?.name ?? '',
      tags: ticket.tags,
      url: `${desk.baseUrl}/tickets/${ticket.id}`,
      createdAt: ticket.openedAt,
      fields: fieldsOf(ticket, setup.fields),
    },
    requester: {
      name: requester?.name ?? '',
      firstName: firstName(requester?.name ?? ''),
      email: requester?.email ?? '',
    },
    assignee: { name: assignee?.name ?? '', email: assignee?.email ?? '' },
    message: {
      text: scene.content.messages.findLast(({ id }) => scene.update.messageIds.includes(id))?.text ?? '',
    },
    desk: { name: setup.desk.deskName },
  }
}

function fieldsOf(
  ticket: Ticket,
  fields: readonly { readonly id: number; readonly key: string; readonly personal: boolean }[],
): TemplateData['ticket']['fields'] {
  return Object.fromEntries(
    fields.flatMap(({ id, key, personal }) => {
      const value: FieldValue | undefined = ticket.fields[id]
      const isPlain = typeof value !== 'object' || Array.isArray(value)
      return value === undefined || personal || !isPlain ? [] : [[key, value as string]]
    }),
  )
}

/** What the rule's first `matches` test caught, by number. */
export function matchOf(rule: Rule, scene: UpdateScene): Readonly<Record<string, string>> {
  for (const { leaf } of leavesOf(rule.if)) {
    if (leaf.op !== 'matches') continue
    const seen = valueOf(leaf, scene)
    const texts =
      typeof seen === 'string'
        ? [seen]
        : typeof seen === 'object' && seen !== null && 'texts' in seen
          ? seen.texts
          : []
    const found = capturesOf(leaf, texts)
    if (found !== null) return Object.fromEntries(found.map((text, index) => [String(index), text]))
  }
  return {}
}
