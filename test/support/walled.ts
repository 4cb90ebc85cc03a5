// A ticket with one of everything that can hang on a ticket: what must be found by who sees it, and by nobody else.
import { hold } from '#channels/quarantine-store.ts'
import { storeRawMail } from '#channels/raw-mail-store.ts'
import type { TicketId } from '#kit/ids.ts'
import { sql } from '#store/sql.ts'
import type { TestDesk } from './desk.ts'

export type Things = Awaited<ReturnType<typeof ticketWithEverything>>

/** The words that stand on it and nowhere else. */
export const SECRET = 'plumjuice'

let made = 0

/** Made by the administrator, whose the alert is; of a team or of none. */
export async function ticketWithEverything(desk: TestDesk, adminId: number, team: number | null) {
  const { api, clock } = desk
  const db = desk.running.desk.database
  const at = clock.now()
  const ok = async (method: string, path: string, body?: unknown) => {
    const answer = await api(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const asked = {
    subject: `About ${SECRET}`,
    body: SECRET,
    requester,
    tags: ['known'],
    ...(team === null ? {} : { team }),
  }
  const { id } = await ok('POST', '/tickets', asked)
  const other = await ok('POST', '/tickets', { ...asked, subject: `Beside ${SECRET}` })
  await ok('POST', `/tickets/${id}/links`, { type: 'relates', ticketId: other.id })
  const note = await ok('POST', `/tickets/${id}/messages`, { kind: 'note', body: SECRET })
  const fileId = await upload(desk)
  const reply = await ok('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: SECRET,
    attachments: [fileId],
  })
  const side = await ok('POST', `/tickets/${id}/side-conversations`, {
    subject: SECRET,
    to: ['dy@supplier.example'],
    body: SECRET,
  })
  const list = await ok('POST', `/tickets/${id}/checklist`, { text: SECRET })
  const cc = { role: 'cc', email: 'ed@customer.example' }
  const { participants } = await ok('POST', `/tickets/${id}/participants`, cc)
  const [mail] = (await ok('GET', `/outbox?ticketId=${id}`)).items
  const raw = await storeRawMail(db, {
    bytes: Buffer.from(`From: <>\r\nSubject: held ${++made}\r\n\r\nx`),
    envelope: { from: null, to: [], remoteAddress: null },
    source: 'test',
    mailboxId: null,
    at,
  })
  const nothing = { auth: null, score: 0, breakdown: [], detail: '', snippet: SECRET, sender: null }
  const about = { rawMailId: raw.id, subject: SECRET, ticketId: id as TicketId, at }
  await hold(db, { ...nothing, ...about, reasons: ['bounce'] })
  const held = await db.row<{ id: number }>(sql`select id from quarantine where raw_mail_id = ${raw.id}`)
  await db.rows(sql`insert into alert (agent_id, ticket_id, message_id, recipient, detail, at)
    values (${adminId}, ${id}, ${reply.id}, 'cy@customer.example', ${SECRET}, ${at})`)
  const brake = await db.row<{ id: number }>(
    sql`insert into mail_brake (ticket_id, at) values (${id}, ${at}) returning id`,
  )
  return {
    id: id as number,
    linked: other.id as number,
    noteId: note.id as number,
    messageId: reply.id as number,
    fileId,
    sideId: side.id as number,
    itemId: list.items[0].id as number,
    personId: participants.find(({ email }: { email: string }) => email === cc.email).id as number,
    outboxId: mail.id as number,
    heldId: held?.id ?? 0,
    brakeId: brake?.id ?? 0,
  }
}

async function upload({ url, token }: TestDesk): Promise<number> {
  const form = new FormData()
  form.append('file', new Blob([SECRET]), `${SECRET}.txt`)
  const headers = { authorization: `Bearer ${token}` }
  const sent = await fetch(`${url}/api/v1/attachments`, { method: 'POST', headers, body: form })
  return ((await sent.json()) as { id: number }).id
}
