// Models: where the assistant may have its drafts worded. Each is set up, tried, and shown with what it cost by day; a desk needs none.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { ModelProvider } from '../../../src/api/contract/models.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant, providersQuery } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { number } from '../../parts/time.ts'
import { locales } from '../../words/language.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Loaded, Page } from '../Page.tsx'
import parts from '../parts.module.css'
import { attempt } from '../saving.ts'
import { ModelForm } from './ModelForm.tsx'

export function AssistantModels() {
  const query = useQuery(providersQuery)
  const mayWrite = useMay('assistant.write')
  const [open, setOpen] = useState<ModelProvider | 'new' | null>(null)
  return (
    <Page
      title={say('admin.assistantModels')}
      about={say('models.about')}
      changesOf="model_provider"
      action={
        mayWrite && (
          <Button weight="primary" onClick={() => setOpen('new')}>
            {say('models.add')}
          </Button>
        )
      }
    >
      <Loaded query={query} height={80} empty={{ title: say('models.none'), help: say('models.noneHelp') }}>
        {(items) =>
          items.map((provider) => (
            <One key={provider.id} provider={provider} onEdit={mayWrite ? () => setOpen(provider) : null} />
          ))
        }
      </Loaded>
      {open !== null && <ModelForm provider={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function One({ provider, onEdit }: { provider: ModelProvider; onEdit: (() => void) | null }) {
  const { id, name, kind, baseUrl, model, live, quirks } = provider
  const [isBusy, setBusy] = useState(false)
  const tryIt = async () => {
    setBusy(true)
    await attempt(() => call('POST', `/assistant/providers/${id}/trial`), null, forgetAssistant)
    setBusy(false)
  }
  const remove = () =>
    void attempt(
      () => call('DELETE', `/assistant/providers/${id}`),
      say('models.removed', { name }),
      forgetAssistant,
    )
  return (
    <section className={parts['part']} aria-label={name}>
      <h2>{name}</h2>
      <p>
        {sayName('providerKind', kind)} · {model} · {baseUrl}
        {live && ` · ${say('models.live')}`}
      </p>
      <Found provider={provider} />
      {quirks.length > 0 && (
        <p className={styles['help']}>
          {say('models.quirks', { what: quirks.map((quirk) => sayName('modelQuirk', quirk)).join(', ') })}
        </p>
      )}
      <Days provider={provider} />
      {onEdit !== null && (
        <div className={admin['buttons']}>
          <Button onClick={() => void tryIt()} disabled={isBusy}>
            {say(isBusy ? 'models.trying' : 'models.tryIt')}
          </Button>
          <Button onClick={onEdit}>{say('action.edit')}</Button>
          <Button weight="quiet" onClick={remove}>
            {say('models.remove')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** What the last trial said, and what to do about it. */
function Found({ provider: { trial, hasKey } }: { provider: ModelProvider }) {
  if (trial === null)
    return <p className={admin['state']}>{say(hasKey ? 'models.untried' : 'models.keyless')}</p>
  if (trial.reason === null)
    return (
      <p className={admin['state']} data-tone="good" role="status">
        {say('models.answered', { model: trial.model ?? '', ms: trial.ms })}
      </p>
    )
  return (
    <p className={admin['state']} data-tone="bad" role="status">
      {sayName('modelReason', trial.reason)} <span className={styles['help']}>{trial.said}</span>
    </p>
  )
}

const SHOWN = 7

/** One question costs fractions of a cent. */
const money = (amount: number, currency: string): string =>
  amount.toLocaleString(locales, { style: 'currency', currency, maximumFractionDigits: amount < 1 ? 4 : 2 })

function Days({ provider: { days, tokensPerDay, currency } }: { provider: ModelProvider }) {
  if (days.length === 0) return null
  const isPriced = days.some(({ cost }) => cost !== null)
  const caption =
    tokensPerDay === null ? say('models.days') : say('models.daysOf', { tokens: number(tokensPerDay) })
  return (
    <ScrollBox label={caption} className={admin['tableBox']}>
      <table className={`${admin['table']} ${styles['days']}`} data-numbers>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th>{say('models.day')}</th>
            <th data-end>{say('models.questions')}</th>
            <th data-end>{say('models.failures')}</th>
            <th data-end>{say('models.tokensIn')}</th>
            <th data-end>{say('models.tokensOut')}</th>
            {isPriced && <th data-end>{say('models.cost')}</th>}
          </tr>
        </thead>
        <tbody>
          {days
            .slice(0, SHOWN)
            .map(({ day, questions, failures, tokensIn, tokensOut, cost, lastFailure }) => (
              <tr key={day}>
                <td>{day}</td>
                <td data-end>{number(questions)}</td>
                <td data-end title={lastFailure === null ? undefined : sayName('modelReason', lastFailure)}>
                  {number(failures)}
                </td>
                <td data-end>{number(tokensIn)}</td>
                <td data-end>{number(tokensOut)}</td>
                {isPriced && <td data-end>{cost === null ? '–' : money(cost, currency)}</td>}
              </tr>
            ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
