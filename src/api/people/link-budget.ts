// How many links one network may ask for, to the portal and for addresses in chats: beyond them an ask is answered the same, and counts
// for nobody.
import { networkOf } from '#api/people/sign-in-budget.ts'
import type { Desk } from '#desk/desk.ts'
import { hashSecret } from '#people/secrets.ts'
import { takeTries, type Budget } from '#people/sign-in-try-store.ts'

const FROM_NETWORK = { most: 20, perHour: 20 }
/** Fewer than an address has of them in its first hour, and in the rest of a day: no network uses all of them up. */
const TO_ADDRESS = { most: 2, perHour: 1 / 8 }

/** Links in chats go to any address: one widget has no more of them mailed, nor all of them together. */
const THROUGH_WIDGET = { most: 30, perHour: 30 }
const IN_CHATS = { most: 60, perHour: 60 }

/** The same for a link that a chat's visitor asks for. */
export async function mayAskInChat(
  desk: Desk,
  ip: string,
  email: string,
  widgetId: number,
): Promise<boolean> {
  const hasRoom = async (bucket: string, budget: Omit<Budget, 'bucket'>) =>
    (await takeTries(desk.database, [{ bucket, ...budget }], desk.clock.now())).has(bucket)
  return (
    (await mayAskForLink(desk, ip, email)) &&
    (await hasRoom(`chat links of widget ${widgetId}`, THROUGH_WIDGET)) &&
    hasRoom('chat links', IN_CHATS)
  )
}

/** Whether an ask from a network for a link to an address is written down. */
export async function mayAskForLink({ database, clock }: Desk, ip: string, email: string): Promise<boolean> {
  const network = networkOf(ip)
  const hasRoom = async (budget: Omit<Budget, 'bucket'>, ...parts: readonly string[]) => {
    const bucket = `portal ${hashSecret(parts.join('\0')).toString('base64url')}`
    return (await takeTries(database, [{ bucket, ...budget }], clock.now())).has(bucket)
  }
  return (await hasRoom(FROM_NETWORK, network)) && (await hasRoom(TO_ADDRESS, network, email))
}
