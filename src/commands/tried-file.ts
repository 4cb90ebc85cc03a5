// A change of routing in a file, for `backtest --try`: JSON, in the words of POST /backtests.
import { readFileSync } from 'node:fs'
import { triedRouting } from '#api/contract/backtests.ts'
import { Declined } from '#api/http/problem.ts'
import { triedOf } from '#api/rules/tried-routing.ts'
import { Stop } from '#commands/command.ts'
import type { Desk } from '#desk/desk.ts'
import { cleanText } from '#mail/clean.ts'
import type { TriedRouting } from '#routing/draft-book.ts'
import { readStaff } from '#routing/staff-store.ts'

const [EX_DATAERR, EX_NOINPUT] = [65, 66]

/** What a file tries. Throws `Stop` with what is wrong with it. */
export async function triedIn(desk: Desk, path: string): Promise<TriedRouting> {
  const read = triedRouting.safeParse(jsonAt(path))
  if (!read.success) {
    const lines = read.error.issues.map(({ path: at, message }) => `${at.join('.') || path}: ${message}`)
    throw new Stop(EX_DATAERR, cleanText([...lines, 'Nothing was replayed.'].join('\n')))
  }
  try {
    return await triedOf(desk, desk.database, read.data, await readStaff(desk.database))
  } catch (error) {
    if (error instanceof Declined) throw new Stop(EX_DATAERR, cleanText(error.message))
    throw error
  }
}

function jsonAt(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Stop(EX_NOINPUT, `${path} cannot be read.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Stop(EX_DATAERR, cleanText(`${path}: ${(error as Error).message}`))
  }
}
