// One scenario: what it is called, where it happens, and the customer's messages with what must come of each.
import { type FormEvent, useState } from 'react'

import type { NewScenario, Scenario } from '../../../src/api/contract/scenarios.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { useCategories } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import { useSave } from '../saving.ts'
import { placeWords, withPresent } from './procedure-words.ts'
import { Checks, type Check } from './ScenarioChecks.tsx'
import { useBrands, useNamed, useProcedures } from './useProcedures.ts'

type Turn = { text: string; checks: Check[] }
const newTurn = (): Turn => ({ text: '', checks: [{ kind: 'decision', value: 'escalate' }] })

type Props = { scenario: Scenario | null; onClose: () => void; onSaved: () => void }

export function ScenarioForm({ scenario, onClose, onSaved }: Props) {
  const [turns, setTurns] = useState<Turn[]>(
    () => scenario?.turns.map((turn) => ({ ...turn })) ?? [newTurn()],
  )
  const [category, setCategory] = useState(String(scenario?.categoryId ?? 0))
  const [lookedUp, setLookedUp] = useState<Found>(scenario?.lookedUp ?? {})
  const categories = useCategories()
  const brands = useBrands()
  const [brand, setBrand] = useState(String(scenario?.brandId ?? 0))
  const { save, busy, errors, general } = useSave(() => {
    onSaved()
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const { channel = 'email' } = scenario ?? {}
    const words = { title: String(form.get('title')), subject: String(form.get('subject')) }
    const body: NewScenario = {
      ...words,
      categoryId: category === '0' ? null : Number(category),
      brandId: brand === '0' ? null : Number(brand),
      channel,
      turns,
      lookedUp: Object.fromEntries(
        Object.entries(lookedUp).filter(([, value]) => value !== null && value.trim() !== ''),
      ),
    }
    const [method, path] =
      scenario === null
        ? (['POST', '/assistant/scenarios'] as const)
        : (['PUT', `/assistant/scenarios/${scenario.id}`] as const)
    void save(() => call(method, path, { body }), say('scenario.kept'))
  }
  const forget = () =>
    void save(() => call('DELETE', `/assistant/scenarios/${scenario?.id}`), say('scenario.forgotten'))
  return (
    <Modal
      title={scenario?.title ?? say('scenario.new')}
      open
      shape="wide"
      onClose={onClose}
      actions={
        <>
          {scenario !== null && (
            <Button weight="danger" onClick={forget} disabled={busy}>
              {say('scenario.forget')}
            </Button>
          )}
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="scenario" disabled={busy}>
            {say('scenario.keep')}
          </Button>
        </>
      }
    >
      <form id="scenario" className={styles['form']} onSubmit={submit}>
        <FormProblem text={general ?? Object.values(errors)[0]} />
        <TextField
          label={say('scenario.title')}
          name="title"
          required
          maxLength={200}
          defaultValue={scenario?.title}
        />
        <TextField
          label={say('scenario.subject')}
          name="subject"
          maxLength={500}
          defaultValue={scenario?.subject}
        />
        <SelectField
          label={say('assistant.category')}
          value={category}
          onChange={(event) => setCategory(event.target.value)}
          options={[
            { value: '0', label: say('scenario.noCategory') },
            ...categories.map(({ id, path }) => ({ value: String(id), label: path })),
          ]}
        />
        {(brands.length > 1 || brand !== '0') && (
          <SelectField
            label={say('procedure.brand')}
            value={brand}
            onChange={(event) => setBrand(event.target.value)}
            options={[
              { value: '0', label: say('scenario.firstBrand') },
              ...withPresent(
                brands.map(({ id, name }) => ({ value: String(id), label: name })),
                Number(brand),
              ),
            ]}
          />
        )}
        <LookUps found={lookedUp} onChange={setLookedUp} />
        <Messages turns={turns} onChange={setTurns} />
      </form>
    </Modal>
  )
}

type Found = Readonly<Record<string, string | null>>

/** What procedures find where they look something up. */
function LookUps({ found, onChange }: { found: Found; onChange: (found: Found) => void }) {
  const named = useNamed()
  const places = useProcedures().flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'look_up' ? [step.from] : [])),
  )
  return [...new Set([...places, ...Object.keys(found)])].map((from) => (
    <TextField
      key={from}
      label={say('scenario.lookedUp', { name: placeWords(from, named) })}
      help={say('scenario.lookedUpHelp')}
      maxLength={200}
      value={found[from] ?? ''}
      onChange={(event) => onChange({ ...found, [from]: event.target.value })}
    />
  ))
}

type MessagesProps = { turns: readonly Turn[]; onChange: (turns: Turn[]) => void }

function Messages({ turns, onChange }: MessagesProps) {
  const set = (at: number, turn: Turn) => onChange(turns.with(at, turn))
  return (
    <>
      {turns.map((turn, at) => (
        // Messages have no name of their own, and stay where they are.
        // oxlint-disable-next-line react/no-array-index-key
        <fieldset key={at} className={styles['turn']}>
          <TextArea
            label={say('scenario.message', { number: at + 1 })}
            required
            maxLength={5000}
            value={turn.text}
            onChange={(event) => set(at, { ...turn, text: event.target.value })}
          />
          <Checks checks={turn.checks} onChange={(checks) => set(at, { ...turn, checks })} />
          {turns.length > 1 && (
            <div className={styles['actions']}>
              <Button weight="quiet" onClick={() => onChange(turns.toSpliced(at, 1))}>
                {say('scenario.dropMessage')}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div className={styles['actions']}>
        <Button onClick={() => onChange([...turns, newTurn()])}>{say('scenario.addMessage')}</Button>
      </div>
    </>
  )
}
