// One provider of models: how it is reached, which model, its key, and how much may be asked of it.
import { type FormEvent, useState } from 'react'

import type { ModelProvider, NewModelProvider } from '../../../src/api/contract/models.ts'
import { providerKinds, type ProviderKind } from '../../../src/assistant/words.ts'
import { forgetAssistant } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import styles from '../admin.module.css'
import { useSave } from '../saving.ts'

/** Where each kind usually is, and what is usual there. */
const usual: Readonly<Record<ProviderKind, { baseUrl: string; model: string; seconds: number }>> = {
  openai_compatible: { baseUrl: 'https://api.example.com/v1', model: 'model-name', seconds: 20 },
  anthropic: { baseUrl: 'https://api.anthropic.com/v1', model: 'claude-…', seconds: 20 },
  ollama: { baseUrl: 'http://127.0.0.1:11434', model: 'llama3.2', seconds: 120 },
}

export function ModelForm({ provider, onClose }: { provider: ModelProvider | null; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(() => {
    forgetAssistant()
    onClose()
  })
  const [kind, setKind] = useState<ProviderKind>(provider?.kind ?? 'openai_compatible')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = bodyOf(new FormData(event.currentTarget), kind)
    const work = () =>
      provider === null
        ? call('POST', '/assistant/providers', { body })
        : call('PATCH', `/assistant/providers/${provider.id}`, { body })
    void save(work, say(provider === null ? 'admin.added' : 'admin.saved', { name: body.name }))
  }
  const { baseUrl, model, seconds } = usual[kind]
  return (
    <Modal title={provider === null ? say('models.add') : provider.name} open onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          autoFocus
          maxLength={100}
          defaultValue={provider?.name}
          error={errors['name']}
        />
        <SelectField
          label={say('models.kind')}
          name="kind"
          value={kind}
          onChange={(event) => setKind(event.target.value as ProviderKind)}
          options={providerKinds.map((value) => ({ value, label: sayName('providerKind', value) }))}
        />
        <TextField
          label={say('models.baseUrl')}
          help={say(kind === 'ollama' ? 'models.baseUrlNear' : 'models.baseUrlHelp')}
          name="baseUrl"
          type="url"
          required
          placeholder={baseUrl}
          defaultValue={provider?.baseUrl ?? (kind === 'anthropic' ? baseUrl : undefined)}
          key={`address ${kind}`}
          error={errors['baseUrl']}
        />
        <TextField
          label={say('models.model')}
          name="model"
          required
          placeholder={model}
          defaultValue={provider?.model}
          error={errors['model']}
        />
        <TextField
          label={say('models.key')}
          help={say(provider?.hasKey === true ? 'models.keyKept' : 'models.keyHelp')}
          name="key"
          type="password"
          autoComplete="new-password"
          error={errors['key']}
        />
        <TextField
          label={say('models.timeoutSeconds')}
          name="timeoutSeconds"
          type="number"
          min={5}
          max={300}
          required
          defaultValue={provider?.timeoutSeconds ?? seconds}
          key={`seconds ${kind}`}
          error={errors['timeoutSeconds']}
        />
        <TextField
          label={say('models.contextTokens')}
          help={say('models.contextTokensHelp')}
          name="contextTokens"
          type="number"
          min={2_000}
          required
          defaultValue={provider?.contextTokens ?? 16_000}
          error={errors['contextTokens']}
        />
        <Limits provider={provider} errors={errors} />
        <Button weight="primary" type="submit" disabled={busy}>
          {say(provider === null ? 'models.add' : 'action.save')}
        </Button>
      </form>
    </Modal>
  )
}

/** What it costs, and how much of it a day may have. */
function Limits({
  provider,
  errors,
}: {
  provider: ModelProvider | null
  errors: Readonly<Record<string, string>>
}) {
  const { price = null, currency = 'USD', moneyPerDay = null } = provider ?? {}
  const amount = { type: 'number', min: 0, step: 'any' } as const
  return (
    <>
      <TextField
        label={say('models.tokensPerDay')}
        help={say('models.tokensPerDayHelp')}
        name="tokensPerDay"
        type="number"
        min={1}
        defaultValue={provider?.tokensPerDay ?? ''}
        error={errors['tokensPerDay']}
      />
      <TextField
        label={say('models.priceIn')}
        help={say('models.priceHelp')}
        name="priceIn"
        {...amount}
        defaultValue={price?.in ?? ''}
        error={errors['price.in'] ?? errors['price']}
      />
      <TextField
        label={say('models.priceOut')}
        name="priceOut"
        {...amount}
        defaultValue={price?.out ?? ''}
        error={errors['price.out']}
      />
      <TextField
        label={say('models.currency')}
        name="currency"
        required
        pattern="[A-Z]{3}"
        maxLength={3}
        defaultValue={currency}
        error={errors['currency']}
      />
      <TextField
        label={say('models.moneyPerDay')}
        help={say('models.moneyPerDayHelp')}
        name="moneyPerDay"
        {...amount}
        defaultValue={moneyPerDay ?? ''}
        error={errors['moneyPerDay']}
      />
    </>
  )
}

function bodyOf(form: FormData, kind: ProviderKind): NewModelProvider {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const amount = (name: string) => (text(name) === '' ? null : Number(text(name)))
  const isPriced = amount('priceIn') !== null || amount('priceOut') !== null
  return {
    name: text('name'),
    kind,
    baseUrl: text('baseUrl'),
    model: text('model'),
    timeoutSeconds: Number(text('timeoutSeconds')),
    contextTokens: Number(text('contextTokens')),
    tokensPerDay: amount('tokensPerDay'),
    price: isPriced ? { in: amount('priceIn') ?? 0, out: amount('priceOut') ?? 0 } : null,
    currency: text('currency'),
    moneyPerDay: amount('moneyPerDay'),
    ...(text('key') === '' ? {} : { key: text('key') }),
  }
}
