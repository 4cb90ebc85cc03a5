// The configuration as people decide it: a mode for each category, and what holds for all. Saving makes a version; publishing makes it live.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { AssistantOverview, AssistantSettings } from '../../../src/api/contract/assistant.ts'
import { triageFields, triageModes } from '../../../src/assistant/words.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant, keepVersion, providersQuery, publishVersion } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import { useSave } from '../saving.ts'
import { Guidance } from './Guidance.tsx'
import { modes, Modes, type ByCategory } from './Modes.tsx'

const fields = triageFields

export function AssistantForm({ data }: { data: AssistantOverview }) {
  const before = data.live?.settings ?? data.standard
  const [byCategory, setByCategory] = useState<ByCategory>(() => categoriesOf(before))
  const [guidance, setGuidance] = useState(before.guidance)
  const { save, busy, errors, general } = useSave(forgetAssistant)
  const mayWrite = useMay('assistant.write')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const isLive = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'live'
    const keep = async () => {
      const settings = { ...settingsFrom(form, before, byCategory), guidance }
      const kept = await keepVersion(settings, String(form.get('note')))
      if (isLive) await publishVersion(kept.version, String(form.get('note')).trim())
    }
    void save(keep, say(isLive ? 'assistant.published' : 'assistant.kept'))
  }
  return (
    <form onSubmit={submit}>
      <h2 className={styles['head']}>{say('assistant.modes')}</h2>
      <Modes data={data} chosen={byCategory} onChoose={setByCategory} />
      <div className={styles['form']}>
        <SelectField
          label={say('assistant.otherwise')}
          name="otherwise"
          defaultValue={before.otherwise}
          options={modes.map((mode) => ({ value: mode, label: sayName('assistantMode', mode) }))}
        />
        {fields.map((field) => (
          <SelectField
            key={field}
            label={say('assistant.triageOf', { field: sayName('assistantField', field) })}
            name={field}
            help={field === 'language' || field === 'skill' ? say(`triage.${field}Help`) : undefined}
            defaultValue={before.triage[field]}
            options={triageModes.map((mode) => ({ value: mode, label: sayName('triageMode', mode) }))}
          />
        ))}
        <CheckField
          label={say('alike.offers')}
          help={say('alike.offersHelp')}
          name="offersLinks"
          defaultChecked={before.offersLinks}
        />
        <Numbers before={before} />
        <Wording before={before} />
        <Guidance rows={guidance} counts={data.guidance} onChange={setGuidance} />
        <TextField label={say('assistant.name')} name="name" required defaultValue={before.name} />
        <TextArea
          label={say('assistant.hardPhrases')}
          help={say('assistant.hardPhrasesHelp')}
          name="hardPhrases"
          defaultValue={before.hardPhrases.join('\n')}
        />
        <TextField
          label={say('assistant.note')}
          help={say('assistant.noteHelp')}
          name="note"
          maxLength={500}
          error={errors['reason']}
        />
        <FormProblem text={general ?? Object.values(errors)[0]} />
        {mayWrite && (
          <div className={styles['actions']}>
            <Button type="submit" name="then" value="keep" disabled={busy}>
              {say('assistant.keep')}
            </Button>
            <Button weight="primary" type="submit" name="then" value="live" disabled={busy}>
              {say('assistant.publish')}
            </Button>
          </div>
        )}
      </div>
    </form>
  )
}

const shares = ['maxWrong', 'draftFrom', 'leastEvidence', 'holdout'] as const
const counts = ['answersPerDay', 'sendDelaySeconds', 'maxTurns'] as const

function Numbers({ before }: { before: AssistantSettings }) {
  return (
    <>
      {shares.map((name) => (
        <TextField
          key={name}
          label={say(`assistant.${name}`)}
          name={name}
          type="number"
          min={0}
          max={100}
          step={0.1}
          required
          defaultValue={Math.round(before[name] * 1000) / 10}
        />
      ))}
      {counts.map((name) => (
        <TextField
          key={name}
          label={say(`assistant.${name}`)}
          name={name}
          type="number"
          min={0}
          required
          defaultValue={before[name]}
        />
      ))}
    </>
  )
}

/** Who words drafts: the articles themselves, or a model of the desk's. */
function Wording({ before }: { before: AssistantSettings }) {
  const { data } = useQuery(providersQuery)
  if (data === undefined || data.items.length === 0) return null
  return (
    <SelectField
      label={say('assistant.wording')}
      help={say('assistant.wordingHelp')}
      name="providerId"
      defaultValue={String(before.providerId ?? '')}
      options={[
        { value: '', label: say('assistant.wordedByArticles') },
        ...data.items.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  )
}

function settingsFrom(form: FormData, before: AssistantSettings, byCategory: ByCategory): AssistantSettings {
  const number = (name: string) => Number(form.get(name))
  return {
    ...before,
    rows: rowsFrom(before.rows, byCategory),
    otherwise: String(form.get('otherwise')) as AssistantSettings['otherwise'],
    providerId: form.has('providerId') ? Number(form.get('providerId')) || null : before.providerId,
    triage: Object.fromEntries(
      fields.map((field) => [field, String(form.get(field))]),
    ) as AssistantSettings['triage'],
    offersLinks: form.has('offersLinks'),
    name: String(form.get('name')),
    maxWrong: number('maxWrong') / 100,
    draftFrom: number('draftFrom') / 100,
    leastEvidence: number('leastEvidence') / 100,
    holdout: number('holdout') / 100,
    answersPerDay: number('answersPerDay'),
    sendDelaySeconds: number('sendDelaySeconds'),
    maxTurns: number('maxTurns'),
    hardPhrases: String(form.get('hardPhrases'))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  }
}

type Rows = AssistantSettings['rows']

/** Each row stays in its place, for the first that fits decides; a new one stands before the one that fits everything. */
function rowsFrom(before: Rows, byCategory: ByCategory): Rows {
  const kept = before.flatMap((row) => {
    if (!isOfCategory(row)) return [row]
    const chosen = byCategory[String(row.categoryId)]
    return chosen === undefined ? [] : [{ ...row, mode: chosen.mode, share: chosen.share }]
  })
  const isNew = (id: string) => !before.some((row) => isOfCategory(row) && String(row.categoryId) === id)
  const added = Object.entries(byCategory)
    .filter(([id]) => isNew(id))
    .map(([id, { mode, share }]) => ({
      brandId: null,
      channel: null,
      categoryId: Number(id),
      mode,
      share,
    }))
  const all = kept.findIndex(
    ({ brandId, channel, categoryId }) => brandId === null && channel === null && categoryId === null,
  )
  return kept.toSpliced(all < 0 ? kept.length : all, 0, ...added)
}

function isOfCategory({ brandId, channel, categoryId }: Rows[number]): boolean {
  return brandId === null && channel === null && categoryId !== null
}

function categoriesOf({ rows }: AssistantSettings): ByCategory {
  const own = rows
    .filter(isOfCategory)
    .map(({ categoryId, mode, share }) => [String(categoryId), { mode, share }] as const)
  return Object.fromEntries(own)
}
