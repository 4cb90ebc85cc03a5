// Files with a JSON value on each line: read whole, every line that is not as it should be named.
import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { Stop } from '#commands/command.ts'

const [EX_DATAERR, EX_NOINPUT] = [65, 66]

/** The values of a file; stops with what is wrong and in which line. */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Stop(EX_NOINPUT, `${file} cannot be read: ${error.message}`)
  })
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const read = schema.safeParse(parsed(line))
    if (read.success) return [read.data]
    const [issue] = read.error.issues
    const place = [`${file}:${index + 1}`, ...(issue?.path ?? [])].join(' ')
    throw new Stop(EX_DATAERR, `${place}: ${issue?.message ?? 'is not understood'}`)
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
