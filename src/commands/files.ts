// The YAML and JSON files that an argument names.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Stop, type Command } from '#commands/command.ts'

export type NamedFile = {
  readonly name: string
  readonly text: string
  /** What is read of it; an error where it is no YAML. */
  readonly said: unknown
  /** What it says that it is. */
  readonly kind: string | null
}

const [EX_USAGE, EX_NOINPUT] = [64, 66]

/** The files that an argument names: itself, or the YAML and JSON files of a folder. */
export async function filesAt(
  [path, ...more]: readonly string[],
  command: Command,
): Promise<readonly NamedFile[]> {
  if (path === undefined || more.length > 0) throw new Stop(EX_USAGE, `Usage: ./docket ${command.usage}`)
  const found = await stat(path).catch(() => {
    throw new Stop(EX_NOINPUT, `${path} cannot be read.`)
  })
  const names = found.isDirectory()
    ? (await readdir(path)).filter((name) => /\.(ya?ml|json)$/.test(name)).toSorted()
    : []
  const paths = found.isDirectory() ? names.map((name) => join(path, name)) : [path]
  if (paths.length === 0) throw new Stop(EX_NOINPUT, `${path} holds no .yaml, .yml or .json file.`)
  return Promise.all(paths.map(async (name) => fileOf(name, await readFile(name, 'utf8'))))
}

function fileOf(name: string, text: string): NamedFile {
  try {
    const said: unknown = parse(text, { maxAliasCount: 100 })
    const kind = typeof said === 'object' && said !== null && 'kind' in said ? said.kind : null
    return { name, text, said, kind: typeof kind === 'string' ? kind : null }
  } catch (error) {
    // Whose fault is told where files of that kind are read.
    return { name, text, said: error, kind: /^\s*["']?kind["']?\s*:\s*["']?(\w+)/m.exec(text)?.[1] ?? null }
  }
}

/** The text of a routing file: it is planned, applied and tried by itself. */
export function alone(files: readonly NamedFile[]): string {
  const [first, ...others] = files
  if (first === undefined || others.length > 0)
    throw new Stop(EX_USAGE, 'A routing file goes by itself: name the file, not its folder.')
  return first.text
}
