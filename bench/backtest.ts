// A backtest of the simulated company under 200 rules beside a plain replay of the same tickets (`verify`), by turns in one run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { output, type Bench } from './bench.ts'

const TICKETS = 3_000
const RULES = 200
const TURNS = 3

export const run: Bench = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  const env = { ...process.env, DOCKET_DATA: dataDir, DOCKET_LOG: 'warn' }
  try {
    await output(['demo', '--tickets', String(TICKETS)], env)
    const exported = await output(['config', 'export'], env)
    const many = join(dataDir, 'many.yaml')
    writeFileSync(many, withMore(exported, RULES - (exported.match(/ {6}- key: /g)?.length ?? 0)))
    const timed = async (args: readonly string[]) => {
      const startedAt = performance.now()
      await output([...args], env)
      return performance.now() - startedAt
    }
    const [plain, live, draft]: number[][] = [[], [], []]
    for (let turn = 0; turn < TURNS; turn++) {
      plain?.push(await timed(['verify']))
      live?.push(await timed(['backtest', '--published', '--last', '3650d', '--json']))
      draft?.push(await timed(['backtest', many, '--last', '3650d', '--json']))
    }
    const best = (times: number[] | undefined) => Math.min(...(times ?? []))
    const [verify, published, changed] = [best(plain), best(live), best(draft)]
    const told = (ms: number) => `${(ms / 1_000).toFixed(1)} s, ${(ms / verify).toFixed(1)} times verify`
    return {
      rows: [
        { name: `verify, ${TICKETS} tickets`, value: `${(verify / 1_000).toFixed(1)} s` },
        { name: 'backtest of what is live', value: told(published) },
        { name: `backtest of a draft with ${RULES} rules`, value: told(changed) },
      ],
      results: { tickets: TICKETS, verify, published, changed },
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The rulebook with so many more rules, none of which ever holds. */
function withMore(text: string, count: number): string {
  const owner = /owner: (\S+)/.exec(text)?.[1] ?? ''
  const rules = Array.from(
    { length: count },
    (_, index) => `      - key: more-${index}
        kind: trigger
        title: More ${index}
        owner: ${owner}
        reviewBy: 2030-01-01
        on: [created, inbound_message]
        if: { all: [{ field: subject, op: contains_word, value: word-${index} }] }
        do: [{ addTags: [more-${index}] }]
`,
  )
  return text.replace(/^ {4}rules:\n/m, (found) => found + rules.join(''))
}
