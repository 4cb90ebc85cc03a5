// Pages of the help center a second, by who has them already and by who has not, and how much comes over the wire. The client shares the
// machine, so a number here is less than what the desk could do alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool as HttpPool } from 'undici'
import { output, rateOf, startBenchDesk, type Bench } from './bench.ts'

const CLIENTS = 32
const MEASURED_MS = 5_000

const paths = {
  home: '/help/en',
  section: '/help/en/sections/hub-and-app',
  article: '/help/en/hub-one-is-offline',
}

export const run: Bench = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  const [load = 0] = loadavg()
  try {
    const environment = { ...process.env, DOCKET_DATA: dataDir, DOCKET_LOG: 'warn' }
    await output(['demo', '--tickets', '100'], environment)
    const desk = await startBenchDesk(dataDir)
    const http = new HttpPool(desk.url, { connections: CLIENTS })
    const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
      const answer = await http.request({ path, method: 'GET', headers })
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
    }
    const sheets = (await get('/help.css')).text.length + (await get('/pages.css')).text.length
    const results: Record<string, { whole: number; known: number; bytes: number }> = {}
    for (const [name, path] of Object.entries(paths)) {
      const first = await get(path)
      const mark = String(first.headers['etag'])
      const rate = async (headers: Readonly<Record<string, string>>, status: number) =>
        rateOf(CLIENTS, MEASURED_MS, async () => {
          const answer = await get(path, headers)
          if (answer.status !== status) throw new Error(`${path} answered ${answer.status}`)
        })
      await rate({}, 200)
      results[name] = {
        whole: await rate({}, 200),
        known: await rate({ 'if-none-match': mark }, 304),
        bytes: Buffer.byteLength(first.text) + sheets,
      }
    }
    await http.close()
    await desk.stop()
    const rows = Object.entries(results).map(([name, { whole, known, bytes }]) => ({
      name,
      value: `${Math.round(known)} a second by ETag, ${Math.round(whole)} whole; ${(bytes / 1024).toFixed(1)} KiB with its sheets, unpacked`,
    }))
    return { rows: [...rows, { name: 'load before', value: load.toFixed(1) }], results: { load, ...results } }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
