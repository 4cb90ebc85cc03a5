// `assistant scenarios`: all scenarios, lived through under the live configuration or another version; fails where one fails.
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import { standardConfig } from '#assistant/config.ts'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import { runScenarios, type ScenarioResult } from '#desk/assistant/scenarios.ts'

const EX_USAGE = 64

export const assistantScenarios: Command = {
  usage: 'assistant scenarios [--version N] [--json]',
  about:
    'Lives all scenarios through and says which checks do not hold, and what is there instead.\nUnder the live configuration, another version or, while there is none, the standard one. Ends with 1 when a scenario fails.',
  run: async (args) => {
    const { values } = readArguments(assistantScenarios, args, {
      version: { type: 'string' },
      json: { type: 'boolean' },
    })
    const asked = values.version === undefined ? null : Number(values.version)
    if (asked !== null && !Number.isInteger(asked))
      throw new Stop(EX_USAGE, `Usage: ./docket ${assistantScenarios.usage}`)
    const results = await withDesk(async (desk) => {
      const version = asked ?? (await liveAssistant(desk.database)).version
      const found = version === null ? null : await findConfig(desk.database, version)
      if (asked !== null && found === null) throw new Stop(1, `There is no version ${asked}.`)
      return runScenarios(desk, desk.database, found?.content ?? standardConfig)
    })
    if (values.json === true) console.log(JSON.stringify(results))
    else for (const result of results) tell(result)
    const failed = results.filter(({ isPassed }) => !isPassed).length
    if (values.json !== true) console.log(`${results.length - failed} of ${results.length} scenarios hold`)
    if (failed > 0) process.exitCode = 1
  },
}

function tell({ title, isPassed, turns }: ScenarioResult): void {
  console.log(`${isPassed ? 'holds' : 'FAILS'}  ${title}`)
  for (const [index, { failed }] of turns.entries())
    for (const { kind, value, saw } of failed)
      console.log(`       message ${index + 1}: ${kind} ${value}: ${saw === '' ? 'nothing' : saw}`)
}
