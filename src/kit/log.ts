// Structured logging: one JSON line per entry, or a short readable line on a terminal. Secrets and bodies are never logged.
import { pino } from 'pino'

export type Log = {
  readonly debug: (facts: object, message: string) => void
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
  readonly error: (facts: object, message: string) => void
}

/** A logger at `level` that writes to standard error. */
export function createLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Log {
  const redact = [
    'password',
    'token',
    'secret',
    'authorization',
    'cookie',
    '*.password',
    '*.token',
    '*.secret',
  ]
  const options = { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }))
  return pino(options, { write: (line: string) => process.stderr.write(readable(line)) })
}

function readable(line: string): string {
  const { level, time, msg, err, ...facts } = JSON.parse(line) as Record<string, unknown> & { level: number }
  const mark = level >= 50 ? 'error ' : level >= 40 ? 'warn  ' : ''
  const rest = Object.keys(facts).length > 0 ? ` ${JSON.stringify(facts)}` : ''
  const trouble =
    err === undefined ? '' : `\n  ${String((err as { stack?: string }).stack ?? JSON.stringify(err))}`
  return `${String(time).slice(11, 19)} ${mark}${String(msg)}${rest}${trouble}\n`
}
