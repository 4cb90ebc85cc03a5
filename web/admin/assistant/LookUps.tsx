// Look-ups: what procedures may ask of the company's own systems. Each is set up, tried with what somebody knows, and shown with how it
// last went.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { LookUp, TriedLookUp } from '../../../src/api/contract/lookups.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant, lookUpsQuery } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Loaded, Page } from '../Page.tsx'
import parts from '../parts.module.css'
import { attempt } from '../saving.ts'
import { LookUpForm } from './LookUpForm.tsx'
import { placeWords } from './procedure-words.ts'
import { useNamed } from './useProcedures.ts'

export function AssistantLookUps() {
  const query = useQuery(lookUpsQuery)
  const mayWrite = useMay('assistant.write')
  const [open, setOpen] = useState<LookUp | 'new' | null>(null)
  return (
    <Page
      title={say('admin.assistantLookUps')}
      about={say('lookUps.about')}
      changesOf="look_up"
      action={
        mayWrite && (
          <Button weight="primary" onClick={() => setOpen('new')}>
            {say('lookUps.add')}
          </Button>
        )
      }
    >
      <Loaded query={query} height={80} empty={{ title: say('lookUps.none'), help: say('lookUps.noneHelp') }}>
        {(items) =>
          items.map((each) => (
            <One key={each.id} lookUp={each} onEdit={mayWrite ? () => setOpen(each) : null} />
          ))
        }
      </Loaded>
      {open !== null && <LookUpForm lookUp={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function One({ lookUp, onEdit }: { lookUp: LookUp; onEdit: (() => void) | null }) {
  const { id, name, url, answers, askedAt, failed, forAnyone } = lookUp
  const [isTrying, setTrying] = useState(false)
  const remove = () =>
    void attempt(
      () => call('DELETE', `/assistant/look-ups/${id}`),
      say('models.removed', { name }),
      forgetAssistant,
    )
  return (
    <section className={parts['part']} aria-label={name}>
      <h2 className={styles['head']}>{name}</h2>
      <p>
        <code>{url}</code>
      </p>
      <p className={styles['help']}>
        {answers.map((each) => `${each.name} (${sayName('answerKind', each.as)})`).join(', ')}
        {' · '}
        {say(forAnyone ? 'lookUps.anyone' : 'lookUps.provenOnly')}
      </p>
      {askedAt === null ? (
        <p className={admin['state']}>{say('lookUps.unasked')}</p>
      ) : (
        <p className={admin['state']} data-tone={failed === null ? 'good' : 'bad'}>
          {failed === null ? say('lookUps.answered') : sayName('lookUpProblem', failed)} ·{' '}
          <Age at={askedAt} />
        </p>
      )}
      {isTrying && <Trial lookUp={lookUp} onEnd={() => setTrying(false)} />}
      {onEdit !== null && !isTrying && (
        <div className={admin['buttons']}>
          <Button onClick={() => setTrying(true)}>{say('models.tryIt')}</Button>
          <Button onClick={onEdit}>{say('action.edit')}</Button>
          <Button weight="quiet" onClick={remove}>
            {say('models.remove')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** What it would find for what somebody knows; nothing is kept of it. */
function Trial({ lookUp: { id, parameters }, onEnd }: { lookUp: LookUp; onEnd: () => void }) {
  const [found, setFound] = useState<TriedLookUp | null>(null)
  const [isBusy, setBusy] = useState(false)
  const named = useNamed()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const known = Object.fromEntries(new FormData(event.currentTarget))
    const ask = async () =>
      setFound(await call<TriedLookUp>('POST', `/assistant/look-ups/${id}/trial`, { body: { known } }))
    setBusy(true)
    void attempt(ask, null, forgetAssistant).finally(() => setBusy(false))
  }
  return (
    <form className={styles['form']} onSubmit={submit}>
      {parameters.map((name, at) => (
        <TextField
          key={name}
          label={placeWords(name, named)}
          name={name}
          required
          maxLength={200}
          autoFocus={at === 0}
        />
      ))}
      <div className={styles['actions']}>
        <Button type="submit" weight="primary" disabled={isBusy}>
          {say(isBusy ? 'models.trying' : 'models.tryIt')}
        </Button>
        <Button weight="quiet" onClick={onEnd}>
          {say('action.close')}
        </Button>
      </div>
      {found !== null && <Came found={found} />}
    </form>
  )
}

function Came({ found: { failed, answers, ms } }: { found: TriedLookUp }) {
  if (failed !== null)
    return (
      <p className={admin['state']} data-tone="bad" role="status">
        {sayName('lookUpProblem', failed)}
      </p>
    )
  return (
    <div role="status">
      <dl className={styles['facts']}>
        {Object.entries(answers).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? say('procedure.notKnown')}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['help']}>{say('lookUps.took', { ms })}</p>
    </div>
  )
}
