// Room for clients of the mail listener: one address never has all of it, and when it is full whoever has got on least for their time
// makes way, be it in silence or drop by drop.
import type { Server, Socket } from 'node:net'

export type Room = {
  /** Whether a client that has just come may stay. */
  readonly holds: (address: string) => boolean
}

type Guest = { readonly address: string; readonly cameAt: number }

/** Slower than any line that mail comes by. */
const LEAST_BYTES_PER_MS = 1

/** Watches over the sockets of a server; nobody makes way before `silentMs`. */
export function smtpRoom(
  server: Server,
  { most, mostPerAddress, silentMs }: { most: number; mostPerAddress: number; silentMs: number },
): Room {
  const guests = new Map<Socket, Guest>()
  server.prependListener('connection', (socket) => {
    if (guests.size >= most) makeWay(guests, silentMs)
    guests.set(socket, { address: socket.remoteAddress ?? '', cameAt: performance.now() })
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
  const now = performance.now()
  const waste = (socket: Socket, { cameAt }: Guest) => now - cameAt - socket.bytesRead / LEAST_BYTES_PER_MS
  const [worst] = [...guests]
    .map(([socket, guest]) => ({ socket, ms: waste(socket, guest) }))
    .toSorted((one, other) => other.ms - one.ms)
  if (worst === undefined || worst.ms < silentMs) return
  guests.delete(worst.socket)
  worst.socket.destroy()
}
