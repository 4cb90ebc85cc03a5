// What every command is, and what they share: reading arguments, the configuration, and ending with a code.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { readConfig, type Config } from '#config.ts'

export type Command = {
  /** As it is typed, without `./docket`. */
  readonly usage: string
  /** What it does; the first line stands in the list of commands. */
  readonly about: string
  readonly run: (args: readonly string[]) => Promise<void>
}

/** Ends the process with a code (sysexits.h) and one sentence. */
export class Stop extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.name = 'Stop'
    this.code = code
  }
}

/** The project's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Parses options strictly; exits 64 (EX_USAGE) on anything unknown. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  command: Command,
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Stop(64, `${(error as Error).message}\nUsage: ./docket ${command.usage}`)
  }
}

/** The configuration, or exit 78 (EX_CONFIG) with every problem of the environment. */
export function configure(): Config {
  const read = readConfig(process.env, root)
  if (read.ok) return read.config
  const lines = read.problems.map(({ variable, problem }) => `  ${variable} ${problem}`)
  throw new Stop(78, `The environment is not right:\n${lines.join('\n')}`)
}
