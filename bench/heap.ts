// What a process holds once everything that nothing needs is collected, asked by its inspector: the heap and what lies outside of it. Its
// memory as the system counts it tells rather how long ago that was done.
import { setTimeout as pause } from 'node:timers/promises'

/** KiB that a process holds; it was started with `--inspect-port` of this port. */
export async function heapOf(pid: number, port: number): Promise<number> {
  process.kill(pid, 'SIGUSR1')
  const address = await inspectorOf(port)
  const socket = new WebSocket(address)
  await new Promise((done) => socket.addEventListener('open', done, { once: true }))
  let calls = 0
  const call = (method: string, params: object = {}) =>
    new Promise<{ result?: { value?: string } }>((done) => {
      const id = ++calls
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as { id?: number; result: { result?: { value?: string } } }
        if (answer.id === id) done(answer.result)
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
  // Twice: what the first lets go of may hold something else.
  for (let round = 0; round < 2; round++) await call('HeapProfiler.collectGarbage')
  const expression = 'JSON.stringify(process.memoryUsage())'
  const { result } = await call('Runtime.evaluate', { expression })
  socket.close()
  const { heapUsed, external } = JSON.parse(result?.value ?? '{}') as { heapUsed: number; external: number }
  return (heapUsed + external) / 1024
}

async function inspectorOf(port: number): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
        webSocketDebuggerUrl: string
      }[]
      if (target !== undefined) return target.webSocketDebuggerUrl
    } catch {
      // It takes a moment to open.
    }
    await pause(100)
  }
  throw new Error('The inspector of the desk did not open')
}
