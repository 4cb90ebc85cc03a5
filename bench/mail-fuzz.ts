// M7: a million spellings of addresses. Whatever we take for an address, two parsers by other hands must read as that one.
import { compareReaders } from '../test/support/address-readers.ts'
import type { Bench } from './bench.ts'

const COUNT = Number(process.env['DOCKET_BENCH_SPELLINGS'] ?? 1_000_000)

export const run: Bench = async () => {
  const seed = Date.now() % 2 ** 31
  const startedAt = performance.now()
  const { taken, disagreed } = compareReaders(COUNT, seed)
  const seconds = (performance.now() - startedAt) / 1_000
  for (const line of disagreed.slice(0, 20)) console.log(`  ${line}`)
  return {
    rows: [
      { name: `spellings (seed ${seed})`, value: `${COUNT} in ${seconds.toFixed(0)} s` },
      { name: 'taken for an address', value: String(taken) },
      { name: 'read differently by another parser', value: String(disagreed.length) },
    ],
    results: { seed, spellings: COUNT, taken, disagreed: disagreed.length },
  }
}
