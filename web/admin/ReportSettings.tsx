// What reports count only where a desk asks for it: time with tickets, and resolves that leads review. Part of the form of settings.
import type { Settings, SettingsPatch } from '../../src/api/contract/settings.ts'
import { CheckField, TextArea, TextField } from '../parts/Form.tsx'
import { say } from '../words/say.ts'

type Props = { values: Settings; errors: Readonly<Record<string, string>> }

export function ReportSettings({ values, errors }: Props) {
  // The server speaks of the question; there is one field for all.
  const ofQuestions = Object.entries(errors).find(([path]) => path.startsWith('reviewQuestions'))?.[1]
  return (
    <>
      <CheckField
        label={say('settings.touchTime')}
        help={say('settings.touchTimeHelp')}
        name="touchTime"
        defaultChecked={values.touchTime}
      />
      <TextField
        label={say('settings.handling')}
        help={say('settings.handlingHelp')}
        name="handlingMinutes"
        type="number"
        min={0.5}
        max={1_440}
        step="any"
        defaultValue={values.handlingSeconds / 60}
        error={errors['handlingSeconds']}
      />
      <TextField
        label={say('settings.reviewShare')}
        help={say('settings.reviewShareHelp')}
        name="reviewPercent"
        type="number"
        min={0}
        max={100}
        step="any"
        defaultValue={Math.round(values.reviewShare * 10_000) / 100}
        error={errors['reviewShare']}
      />
      <TextArea
        label={say('settings.reviewQuestions')}
        help={say('settings.reviewQuestionsHelp')}
        name="reviewQuestions"
        defaultValue={values.reviewQuestions.join('\n')}
        error={ofQuestions}
      />
    </>
  )
}

/** What the form says of them. */
export function reportPatchOf(form: FormData): SettingsPatch {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    touchTime: form.has('touchTime'),
    handlingSeconds: Math.round(Number(text('handlingMinutes')) * 60),
    reviewShare: Number(text('reviewPercent')) / 100,
    reviewQuestions: text('reviewQuestions')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  }
}
