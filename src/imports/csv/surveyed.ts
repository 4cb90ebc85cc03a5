// What stands in a CSV, with the meanings that seem right on this desk.
import { agentNames } from '#imports/cast-store.ts'
import { suggestedMap, surveyCsv, type Survey } from '#imports/csv/survey.ts'
import type { CsvMap } from '#imports/csv/map.ts'
import type { Open } from '#imports/files.ts'
import type { Desk } from '#desk/desk.ts'

/** What stands in a file, and the map that seems right here. */
export async function surveyed(desk: Desk, open: Open): Promise<{ survey: Survey; map: CsvMap }> {
  const survey = await surveyCsv(open, await agentNames(desk.database))
  const { desk: settings } = await desk.setup.now()
  return { survey, map: suggestedMap(survey, settings.timeZone) }
}
