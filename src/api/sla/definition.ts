// What administrators write of policies and calendars, read: for publishing, for a preview, for a backtest.
import type { PolicyVersion, PreviewAsked } from '#api/contract/sla.ts'
import { Declined, declineInput, problem } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { parseQuery } from '#rules/query.ts'
import { listCalendars } from '#sla/agreement-store.ts'
import { problemsOfTargets, type PolicyDefinition } from '#sla/definition.ts'
import { draftBook, type TriedAgreement } from '#sla/draft-book.ts'
import type { Db } from '#store/database.ts'

/** Parses what an administrator wrote; every problem with its place. */
export async function definitionOf(desk: Desk, body: PolicyVersion): Promise<PolicyDefinition> {
  const { directory, sla } = await desk.setup.now()
  const problems: { path: string; message: string }[] = []
  const read = (text: string, path: string) => {
    const { cond, ignored } = parseQuery(text, directory)
    for (const { term, why } of ignored) problems.push({ path, message: `"${term}": ${why}` })
    return cond
  }
  const filter = read(body.q, 'q')
  const customs = body.customs.map(({ start, stop, pause, ...rest }, index) => ({
    ...rest,
    start: read(start, `customs.${index}.start`),
    stop: read(stop, `customs.${index}.stop`),
    pause: pause === '' ? null : read(pause, `customs.${index}.pause`),
  }))
  problems.push(
    ...problemsOfTargets(body.targets),
    ...body.targets.flatMap(({ calendar }, index) =>
      calendar === 'always' || calendar === 'inherit' || sla.calendars.has(calendar)
        ? []
        : [{ path: `targets.${index}.calendar`, message: `there is no calendar ${calendar}` }],
    ),
    ...body.targets.flatMap(({ metric }, index) =>
      !metric.startsWith('custom:') || customs.some(({ key }) => metric === `custom:${key}`)
        ? []
        : [
            {
              path: `targets.${index}.metric`,
              message: `there is no clock "${metric.slice(7)}" in this policy`,
            },
          ],
    ),
  )
  const [first] = problems
  if (first !== undefined)
    throw new Declined(problem('bad-input', `${first.path}: ${first.message}`, { errors: problems }))
  const { targets, options, onPolicyChange } = body
  return { filter, targets, options: options as PolicyDefinition['options'], onPolicyChange, customs }
}

/** A policy or calendar as it is to be tried on the past; declined when it does not read, or says neither or both. */
export async function agreementOf(desk: Desk, db: Db, asked: PreviewAsked): Promise<TriedAgreement> {
  const { policy, calendar } = asked
  if ((policy === undefined) === (calendar === undefined))
    return declineInput('agreement', 'is either a policy or a calendar')
  const agreement: TriedAgreement =
    policy === undefined
      ? { policy: null, calendar: hoursOf(calendar), name: await nameOfCalendar(db, calendar?.id ?? 0) }
      : {
          policy: {
            id: policy.id ?? null,
            kind: policy.kind,
            title: policy.title,
            definition: await definitionOf(desk, policy),
          },
          calendar: null,
          name: policy.title,
        }
  const read = draftBook((await desk.setup.now()).sla, agreement, null)
  return 'problem' in read ? declineInput(`agreement.${read.path}`, read.problem) : agreement
}

/** Hours without their beginning: they are tried as if they had always been there, whenever they are to begin. */
function hoursOf(calendar: PreviewAsked['calendar']): TriedAgreement['calendar'] {
  return calendar === undefined ? null : { id: calendar.id, hours: calendar.hours }
}

async function nameOfCalendar(db: Db, id: number): Promise<string> {
  const found = (await listCalendars(db)).find((each) => each.id === id)
  return found?.name ?? declineInput('agreement.calendar.id', 'is no calendar')
}
