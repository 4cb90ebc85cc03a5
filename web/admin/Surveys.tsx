// Whether it helped: what each brand asks its customers once a ticket is resolved, and the mail that asks.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { Brand } from '../../src/api/contract/forms.ts'
import type { Mailbox } from '../../src/api/contract/mailboxes.ts'
import type { SurveyPreview, SurveySetting } from '../../src/api/contract/surveys.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { Page } from './Page.tsx'
import { useSave } from './saving.ts'
import { usePages } from './usePages.ts'

const HOUR = 3_600

export function Surveys() {
  const brands = usePages<Brand>('brands')
  const [chosen, setChosen] = useState<number | null>(null)
  const brand = brands.items.find(({ id }) => id === chosen) ?? brands.items[0]
  return (
    <Page title={say('admin.surveys')} about={say('surveys.about')} changesOf="brand">
      {brands.items.length > 1 && (
        <SelectField
          label={say('surveys.brand')}
          value={brand?.id ?? ''}
          onChange={(event) => setChosen(Number(event.target.value))}
          options={brands.items.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      {brand && <Survey key={brand.id} brand={brand} />}
    </Page>
  )
}

function Survey({ brand }: { brand: Brand }) {
  const query = useQuery({
    queryKey: ['brands', brand.id, 'survey'],
    queryFn: () => call<SurveySetting>('GET', `/brands/${brand.id}/survey`),
  })
  return (
    <Arrived query={query} rows={5} height={56}>
      {(setting) => <Form brand={brand} setting={setting} />}
    </Arrived>
  )
}

function Form({ brand, setting }: { brand: Brand; setting: SurveySetting }) {
  const mailboxes = usePages<Mailbox>('mailboxes')
  const own = mailboxes.items.filter(({ brand: { id } }) => id === brand.id)
  const [scale, setScale] = useState(setting.scale)
  const { save, busy, errors, general } = useSave(
    () => void client.invalidateQueries({ queryKey: ['brands', brand.id, 'survey'] }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const asked = form.getAll('mailbox').map(Number)
    const body: SurveySetting = {
      isOn: form.has('isOn'),
      delaySeconds: Math.round(Number(form.get('hours')) * HOUR),
      scale,
      holdoutPercent: Number(form.get('holdout')),
      withoutMailboxes: own.map(({ id }) => id).filter((id) => !asked.includes(id)),
    }
    void save(
      () => call('PUT', `/brands/${brand.id}/survey`, { body }),
      say('admin.saved', { name: brand.name }),
    )
  }
  return (
    <>
      <form className={styles['form']} onSubmit={submit}>
        <FormProblem text={general} />
        <CheckField
          label={say('surveys.isOn')}
          help={say('surveys.isOnHelp')}
          name="isOn"
          defaultChecked={setting.isOn}
        />
        <TextField
          label={say('surveys.delay')}
          help={say('surveys.delayHelp')}
          name="hours"
          type="number"
          min={0}
          max={1440}
          step="any"
          required
          defaultValue={setting.delaySeconds / HOUR}
          error={errors['delaySeconds']}
        />
        <SelectField
          label={say('surveys.scale')}
          value={scale}
          onChange={(event) => setScale(event.target.value === '5' ? 5 : 2)}
          options={[
            { value: '2', label: say('surveys.scale2') },
            { value: '5', label: say('surveys.scale5') },
          ]}
        />
        <TextField
          label={say('surveys.holdout')}
          help={say('surveys.holdoutHelp')}
          name="holdout"
          type="number"
          min={0}
          max={90}
          required
          defaultValue={setting.holdoutPercent}
          error={errors['holdoutPercent']}
        />
        {own.length > 0 && (
          <fieldset className={styles['checks']}>
            <legend>{say('surveys.mailboxes')}</legend>
            {own.map(({ id, address }) => (
              <CheckField
                key={id}
                label={address}
                name="mailbox"
                value={id}
                defaultChecked={!setting.withoutMailboxes.includes(id)}
              />
            ))}
          </fieldset>
        )}
        <Button weight="primary" type="submit" disabled={busy}>
          {say('action.save')}
        </Button>
      </form>
      <Preview brandId={brand.id} scale={scale} />
    </>
  )
}

function Preview({ brandId, scale }: { brandId: number; scale: 2 | 5 }) {
  const [language, setLanguage] = useState('')
  const query = useQuery({
    queryKey: ['brands', brandId, 'survey', 'preview', scale, language],
    queryFn: () =>
      call<SurveyPreview>('GET', `/brands/${brandId}/survey/preview`, {
        query: { scale, ...(language === '' ? {} : { language }) },
      }),
    placeholderData: (last) => last,
  })
  return (
    <section aria-label={say('surveys.preview')} className={`${styles['form']} ${styles['apart']}`}>
      <h2>{say('surveys.preview')}</h2>
      <SelectField
        label={say('surveys.previewIn')}
        value={language}
        onChange={(event) => setLanguage(event.target.value)}
        options={[
          { value: '', label: say('surveys.deskLanguage') },
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      <Arrived query={query} rows={4} height={24}>
        {({ subject, text }) => (
          <>
            <p className={styles['strong']}>{subject}</p>
            <pre className={styles['letter']}>{text}</pre>
          </>
        )}
      </Arrived>
    </section>
  )
}
