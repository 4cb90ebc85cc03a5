// `import csv …`: tickets of a table. A look says what its columns seem to be, and which values have no meaning yet.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { runAndReport, stopped } from '#commands/imports.ts'
import { withDesk } from '#commands/with-desk.ts'
import { surveyed } from '#imports/csv/surveyed.ts'
import { fromDisk } from '#imports/files.ts'
import { csvMap, type CsvMap } from '#imports/csv/map.ts'
import { csvSource } from '#imports/csv/source.ts'
import { unmapped, type Survey } from '#imports/csv/survey.ts'

export const importCsv: Command = {
  usage: 'import csv FILE [--map FILE] [--name NAME] [--dry-run] [--json]',
  about: 'Tells each row of a CSV as a ticket; columns and values are suggested, and a map says them better.',
  run: async (args) => {
    const { values, positionals } = readArguments(importCsv, args, {
      map: { type: 'string' },
      name: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    })
    const [path] = positionals
    if (path === undefined || positionals.length > 1) throw new Stop(64, `Usage: ./docket ${importCsv.usage}`)
    const given = values.map === undefined ? null : mapIn(values.map)
    const name = values.name ?? basename(path).replace(/\.\w+$/, '')
    const wanted = { dryRun: values['dry-run'], json: values.json }
    const open = fromDisk(path)
    await withDesk(async (desk) => {
      const { survey, map: suggested } = await surveyed(desk, open).catch(stopped)
      const map = given ?? checked(suggested, 'The columns could not be told by their headings: give --map.')
      const more = wanted.dryRun ? { map, unmapped: unmapped(survey, map) } : {}
      if (wanted.dryRun && !wanted.json) printMap(survey, map)
      await runAndReport(
        desk,
        async () => csvSource(desk, open, name, map),
        { path, map },
        { ...wanted, more },
      )
    })
  },
}

function mapIn(path: string): CsvMap {
  try {
    return checked(JSON.parse(readFileSync(path, 'utf8')), `${path} is no map.`)
  } catch (error) {
    if (error instanceof Stop) throw error
    throw new Stop(65, `${path} cannot be read: ${(error as Error).message}`)
  }
}

function checked(map: unknown, otherwise: string): CsvMap {
  const read = csvMap.safeParse(map)
  if (read.success) return read.data
  const problems = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
  throw new Stop(65, [otherwise, ...problems].join('\n'))
}

function printMap(survey: Survey, map: CsvMap): void {
  const { rows, encoding, delimiter, columns } = survey
  const sign = delimiter === '\t' ? 'tab' : delimiter
  console.log(`${rows} rows, ${encoding}, parted by ${sign}; dates ${map.dates.order} in ${map.dates.zone}`)
  for (const { heading, samples } of columns)
    console.log(
      `  ${heading} → ${map.columns[heading] ?? 'left out'}  (${samples[0]?.slice(0, 40) ?? 'empty'})`,
    )
  for (const { kind, value, count } of unmapped(survey, map))
    console.log(`  The ${kind} “${value}” has no meaning yet: ${count} rows would be set aside`)
}
