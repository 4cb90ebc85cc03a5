// Room for clients of the mail listener: one address never has all of it, and when it is full whoever was silent longest makes way.
import type { Server, Socket } from 'node:net'

export type Room = {
  /** Whether a client that has just come may stay. */
  readonly holds: (address: string) => boolean
}

type Guest = { readonly address: string; bytes: number; heardAt: number }

const LOOK_EVERY_MS = 500

/** Watches over the sockets of a server. */
export function smtpRoom(
  server: Server,
  { most, mostPerAddress, silentMs }: { most: number; mostPerAddress: number; silentMs: number },
): Room {
  const guests = new Map<Socket, Guest>()
  const look = setInterval(() => {
    for (const [socket, guest] of guests) {
      if (socket.bytesRead === guest.bytes) continue
      guest.bytes = socket.bytesRead
      guest.heardAt = performance.now()
    }
  }, LOOK_EVERY_MS).unref()
  server.once('close', () => clearInterval(look))
  server.prependListener('connection', (socket) => {
    if (guests.size >= most) makeWay(guests, silentMs)
    guests.set(socket, { address: socket.remoteAddress ?? '', bytes: 0, heardAt: performance.now() })
    socket.once('close', () => guests.delete(socket))
  })
  return {
    holds: (address) =>
      guests.size <= most &&
      [...guests.values()].filter((guest) => guest.address === address).length <= mostPerAddress,
  }
}

/** Nothing that was said is lost: whoever is broken off was told no 250 and sends again. */
function makeWay(guests: Map<Socket, Guest>, silentMs: number): void {
  const [silent] = [...guests].toSorted(([, one], [, other]) => one.heardAt - other.heardAt)
  if (silent === undefined || performance.now() - silent[1].heardAt < silentMs) return
  guests.delete(silent[0])
  silent[0].destroy()
}
