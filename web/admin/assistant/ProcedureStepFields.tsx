// What a step of a procedure says or does, by its kind.
import type { ProcedureStep } from '../../../src/api/contract/procedures.ts'
import { deskFacts, factKinds } from '../../../src/assistant/words.ts'
import styles from '../../assistant/assistant.module.css'
import { CheckField, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { languageName } from '../../parts/time.ts'
import { useFields } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'
import { placeWords, withPresent } from './procedure-words.ts'
import { useLookUps, useNamed, useSharedMacros } from './useProcedures.ts'

type Props = {
  step: ProcedureStep
  languages: readonly string[]
  facts: readonly string[]
  onChange: (step: ProcedureStep) => void
}

export function StepFields({ step, languages, facts, onChange }: Props) {
  switch (step.kind) {
    case 'ask':
      return <AskFields step={step} languages={languages} onChange={onChange} />
    case 'look_up':
      return <LookUpFields step={step} onChange={onChange} />
    case 'answer':
      return (
        <>
          <Texts
            label="procedure.answerText"
            help={
              facts.length === 0
                ? undefined
                : say('procedure.placeholders', { facts: facts.map((fact) => `{{${fact}}}`).join(' ') })
            }
            text={step.text}
            languages={languages}
            onChange={(text) => onChange({ ...step, text })}
          />
          <CheckField
            label={say('procedure.closes')}
            checked={step.closes}
            onChange={(event) => onChange({ ...step, closes: event.target.checked })}
          />
        </>
      )
    case 'propose':
      return <ProposeFields step={step} onChange={onChange} />
    case 'hand_over':
      return <p className={styles['help']}>{say('procedure.handOverHelp')}</p>
  }
}

type Of<Kind> = Extract<ProcedureStep, { kind: Kind }>

function AskFields({
  step,
  languages,
  onChange,
}: {
  step: Of<'ask'>
  languages: readonly string[]
  onChange: (step: ProcedureStep) => void
}) {
  return (
    <>
      <div className={styles['check']}>
        <Fact fact={step.fact} onChange={(fact) => onChange({ ...step, fact })} />
        <SelectField
          label={say('procedure.as')}
          value={step.as}
          onChange={(event) => {
            const as = factKinds.find((each) => each === event.target.value) ?? 'text'
            onChange({ ...step, as })
          }}
          options={factKinds.map((as) => ({ value: as, label: sayName('factKind', as) }))}
        />
      </div>
      {step.as === 'code' && (
        <TextField
          label={say('procedure.example')}
          help={say('procedure.exampleHelp')}
          required
          maxLength={60}
          value={step.example}
          onChange={(event) => onChange({ ...step, example: event.target.value })}
        />
      )}
      {step.as === 'choice' && (
        <TextArea
          label={say('procedure.choices')}
          help={say('procedure.choicesHelp')}
          required
          defaultValue={step.choices.map(({ value, words }) => `${value}: ${words.join(', ')}`).join('\n')}
          onChange={(event) => onChange({ ...step, choices: choicesIn(event.target.value) })}
        />
      )}
      <Texts
        label="procedure.askText"
        help={say('procedure.askHelp')}
        text={step.text}
        languages={languages}
        onChange={(text) => onChange({ ...step, text })}
      />
    </>
  )
}

/** A line each: the value, and after a colon the words that say it; without any the value itself does. */
function choicesIn(text: string): Of<'ask'>['choices'] {
  return text.split('\n').flatMap((line) => {
    const [value = '', words = ''] = line.split(':', 2).map((part) => part.trim())
    const said = words
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
    return value === '' ? [] : [{ value, words: said.length === 0 ? [value] : said }]
  })
}

function LookUpFields({ step, onChange }: { step: Of<'look_up'>; onChange: (step: ProcedureStep) => void }) {
  const fields = useFields().filter(({ archived, personal }) => !archived && !personal)
  const outside = useLookUps().flatMap(({ key, name, answers }) =>
    answers.map((answer) => ({ value: `outside.${key}.${answer.name}`, label: `${name}: ${answer.name}` })),
  )
  const named = useNamed()
  const places = [
    ...deskFacts.map((from) => ({ value: from as string, label: sayName('deskFact', from) })),
    ...fields.map(({ key, label }) => ({ value: `field.${key}`, label })),
    ...outside,
  ]
  const isThere = places.some(({ value }) => value === step.from)
  const gone = isThere ? [] : [{ value: step.from, label: placeWords(step.from, named) }]
  return (
    <div className={styles['check']}>
      <SelectField
        label={say('procedure.from')}
        value={step.from}
        onChange={(event) => onChange({ ...step, from: event.target.value })}
        options={[...places, ...gone]}
      />
      <Fact fact={step.fact} onChange={(fact) => onChange({ ...step, fact })} />
    </div>
  )
}

function ProposeFields({ step, onChange }: { step: Of<'propose'>; onChange: (step: ProcedureStep) => void }) {
  const macros = useSharedMacros()
  return (
    <SelectField
      label={say('procedure.macro')}
      help={say('procedure.macroHelp')}
      required
      value={step.macroId === 0 ? '' : String(step.macroId)}
      onChange={(event) => onChange({ ...step, macroId: Number(event.target.value) })}
      options={[
        { value: '', label: '–' },
        ...withPresent(
          macros.map(({ id, name }) => ({ value: String(id), label: name })),
          step.macroId,
        ),
      ]}
    />
  )
}

function Fact({ fact, onChange }: { fact: string; onChange: (fact: string) => void }) {
  return (
    <TextField
      label={say('procedure.fact')}
      required
      maxLength={60}
      pattern="[^\{\}]+"
      placeholder={say('procedure.factHint')}
      value={fact}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

type TextsProps = {
  label: 'procedure.askText' | 'procedure.answerText'
  help: string | undefined
  text: Readonly<Record<string, string>>
  languages: readonly string[]
  onChange: (text: Record<string, string>) => void
}

/** The same in each language. */
function Texts({ label, help, text, languages, onChange }: TextsProps) {
  return languages.map((language, at) => (
    <TextArea
      key={language}
      label={languages.length === 1 ? say(label) : `${say(label)} (${languageName(language)})`}
      help={at === languages.length - 1 ? help : undefined}
      required
      maxLength={5000}
      value={text[language] ?? ''}
      onChange={(event) => onChange({ ...text, [language]: event.target.value })}
    />
  ))
}
