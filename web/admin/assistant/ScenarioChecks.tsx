// What must come of a message: rows of a kind and its value.
import { checkKinds, decisions, escalationReasons, type CheckKind } from '../../../src/assistant/words.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { useCategories } from '../../wire/desk.ts'
import type { Procedure } from '../../../src/api/contract/procedures.ts'
import { say, sayName } from '../../words/say.ts'
import { useProcedures } from './useProcedures.ts'

export type Check = { kind: CheckKind; value: string }

export function Checks({
  checks,
  onChange,
}: {
  checks: readonly Check[]
  onChange: (checks: Check[]) => void
}) {
  return (
    <>
      {checks.map((check, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles['check']}>
          <SelectField
            label={say('scenario.check')}
            value={check.kind}
            onChange={(event) => {
              const kind = checkKinds.find((each) => each === event.target.value) ?? 'decision'
              onChange(checks.with(at, { kind, value: firstOf(kind) }))
            }}
            options={checkKinds.map((value) => ({ value, label: sayName('check', value) }))}
          />
          <Value check={check} onChange={(value) => onChange(checks.with(at, { ...check, value }))} />
          <Button weight="quiet" onClick={() => onChange(checks.toSpliced(at, 1))}>
            {say('scenario.dropCheck')}
          </Button>
        </div>
      ))}
      <div className={styles['actions']}>
        <Button onClick={() => onChange([...checks, { kind: 'decision', value: 'escalate' }])}>
          {say('scenario.addCheck')}
        </Button>
      </div>
    </>
  )
}

function firstOf(kind: CheckKind): string {
  return kind === 'decision' ? 'escalate' : kind === 'reason' ? 'no_evidence' : ''
}

function Value({ check: { kind, value }, onChange }: { check: Check; onChange: (value: string) => void }) {
  const categories = useCategories()
  const procedures = useProcedures()
  if (kind === 'no_promise') return null
  const options =
    kind === 'decision'
      ? decisions.map((each) => ({ value: each as string, label: sayName('assistantDecision', each) }))
      : kind === 'reason'
        ? escalationReasons.map((each) => ({
            value: each as string,
            label: sayName('assistantReason', each),
          }))
        : kind === 'category'
          ? [
              { value: '', label: '–' },
              ...categories.map(({ id, path }) => ({ value: String(id), label: path })),
            ]
          : kind === 'called' || kind === 'not_called'
            ? [{ value: '', label: '–' }, ...procedures.map(({ key, name }) => ({ value: key, label: name }))]
            : kind === 'asked'
              ? [{ value: '', label: '–' }, ...askedFacts(procedures)]
              : null
  if (options === null)
    return (
      <TextField
        label={say('scenario.article')}
        inputMode="numeric"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  return (
    <SelectField
      label={say('scenario.is')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={options}
    />
  )
}

function askedFacts(procedures: readonly Procedure[]) {
  const facts = procedures.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'ask' ? [step.fact] : [])),
  )
  return [...new Set(facts)].map((fact) => ({ value: fact, label: fact }))
}
