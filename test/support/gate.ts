// A door between two parties on loopback that can be shut as a network does it: nothing is refused, nothing is answered.
import { connect, createServer, type Socket } from 'node:net'

export type Gate = {
  readonly port: number
  /** From now on nothing passes, in either direction, and nobody is told. */
  readonly cut: () => void
  /** What was under way is broken off; what comes next passes again. */
  readonly heal: () => void
  readonly close: () => Promise<void>
}

/** Opens a gate in front of a port of this machine. */
export async function openGate(target: number, port = 0): Promise<Gate> {
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    open.add(near)
    near.on('error', () => {}).once('close', () => open.delete(near))
    if (isCut) return void near.pause()
    const far = connect(target, '127.0.0.1')
    open.add(far)
    far.on('error', () => near.destroy()).once('close', () => (open.delete(far), near.destroy()))
    near.once('close', () => far.destroy())
    for (const each of [near, far]) each.setNoDelay(true)
    near.on('data', (bytes) => !isCut && far.write(bytes))
    far.on('data', (bytes) => !isCut && near.write(bytes))
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const address = server.address()
  const breakOff = () => open.forEach((each) => each.destroy())
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: () => void (isCut = true),
    heal: () => {
      breakOff()
      isCut = false
    },
    close: () => {
      breakOff()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}
