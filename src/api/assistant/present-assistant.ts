// The assistant's rows on the wire.
import type { z } from 'zod'
import type {
  AssistantRun,
  AssistantSettings,
  AssistantVersionDetail,
  LearntField,
} from '#api/contract/assistant.ts'
import type { assistantVersion } from '#api/contract/assistant.ts'
import type { Learnt } from '#assistant/classifier-store.ts'
import type { ConfigVersion } from '#assistant/config-store.ts'
import type { AssistantConfig } from '#assistant/config.ts'
import type { ProcedureRun } from '#assistant/procedure.ts'
import type { Run } from '#assistant/run-store.ts'
import { accuracyOf } from '#assistant/triage.ts'

/** What people decided of a configuration. */
export function settingsOf(config: AssistantConfig): AssistantSettings {
  const { thresholds: _measured, calibration: _learnt, simulationId: _from, ...settings } = config
  const { rows, highStakes, hardPhrases, languages } = settings
  return {
    ...settings,
    providerId: settings.providerId ?? null,
    offersLinks: settings.offersLinks ?? false,
    rows: rows.map((row) => ({ ...row })),
    highStakes: [...highStakes],
    hardPhrases: [...hardPhrases],
    languages: [...languages],
    triage: { ...settings.triage },
    phrases: { ...settings.phrases },
    guidance: (settings.guidance ?? []).map((each) => ({ ...each })),
    procedures: structuredClone(settings.procedures ?? []) as AssistantSettings['procedures'],
  }
}

export function presentVersion(row: ConfigVersion): z.output<typeof assistantVersion> {
  const { version, note, createdBy, steps, createdAt, publishedAt, live } = row
  return { version, note, createdBy, steps: [...steps], createdAt, publishedAt, live }
}

export function presentDetail(
  row: ConfigVersion & { readonly content: AssistantConfig },
): AssistantVersionDetail {
  const { content } = row
  return {
    ...presentVersion(row),
    settings: settingsOf(content),
    thresholds: { ...content.thresholds },
    simulationId: content.simulationId,
    calibratedOn: content.calibration?.n ?? 0,
  }
}

export function presentLearnt({ field, at, labels, measured }: Learnt): LearntField {
  const { learnt, tested, right, sure } = measured
  return { field, at, labels, learnt, tested, right, sure, accuracy: accuracyOf(measured) }
}

export function presentRun({ updateId: _own, alike: _others, alikeSaid: _said, ...run }: Run): AssistantRun {
  return {
    ...run,
    reason: run.reason as AssistantRun['reason'],
    steps: run.steps.map(({ step, saw }) => ({
      step,
      saw: Object.fromEntries(
        Object.entries(saw).map(([key, value]) => [
          key,
          typeof value === 'object' && value !== null ? [...value] : value,
        ]),
      ),
    })),
    guesses: [...run.guesses],
    evidence: [...run.evidence],
    sentences: [...run.sentences],
    procedure: run.procedure && (shownOf(run.procedure) as unknown as AssistantRun['procedure']),
  }
}

/** Where nothing was found stands with what is known. */
function shownOf({ nowhere: _places, outside = [], ...run }: ProcedureRun) {
  const asked = outside.map(({ key, failed }) => ({ key, failed }))
  return structuredClone({ ...run, outside: asked })
}
