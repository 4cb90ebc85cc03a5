// Settings of the desk as a whole. One form; the server's objections stand beside their fields.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { Settings as Values, SettingsPatch } from '../../src/api/contract/settings.ts'
import { Button } from '../parts/Button.tsx'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../parts/Form.tsx'
import { Samples } from '../parts/Samples.tsx'
import { say } from '../words/say.ts'
import { call, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { meQuery } from '../wire/session.ts'
import styles from './admin.module.css'
import { Page } from './Page.tsx'
import { reportPatchOf, ReportSettings } from './ReportSettings.tsx'
import { useSave } from './saving.ts'
import { Versions } from './Versions.tsx'

export function Settings() {
  const { data, error } = useQuery({
    queryKey: ['settings'],
    queryFn: () => call<Values>('GET', '/settings'),
  })
  return (
    <Page title={say('admin.settings')} about={say('settings.about')} beside={<Versions />}>
      {data ? (
        <>
          <Form key={JSON.stringify(data)} values={data} />
          <Samples />
        </>
      ) : error ? (
        <Empty title={say('list.failed')}>
          <p>{reasonOf(error)}</p>
        </Empty>
      ) : (
        <Skeleton rows={6} height={56} />
      )}
    </Page>
  )
}

const daySeconds = 86_400
const zones = Intl.supportedValuesOf('timeZone')

function Form({ values }: { values: Values }) {
  const { save, busy, errors, general } = useSave(() => {
    void client.invalidateQueries({ queryKey: ['settings'] })
    void client.invalidateQueries(meQuery)
  })
  const [acknowledges, setAcknowledges] = useState(values.acknowledgement)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = patchOf(new FormData(event.currentTarget), acknowledges)
    void save(() => call('PATCH', '/settings', { body }), say('settings.saved'))
  }
  return (
    <form className={styles['form']} onSubmit={submit}>
      <FormProblem text={general} />
      <TextField
        label={say('settings.deskName')}
        name="deskName"
        required
        defaultValue={values.deskName}
        error={errors['deskName']}
      />
      <TextField
        label={say('settings.mailFrom')}
        help={say('settings.mailFromHelp')}
        name="mailFrom"
        inputMode="email"
        defaultValue={values.mailFrom ?? ''}
        error={errors['mailFrom']}
      />
      <SelectField
        label={say('settings.timeZone')}
        name="timeZone"
        defaultValue={values.timeZone}
        options={[...new Set([values.timeZone, ...zones])].map((zone) => ({ value: zone, label: zone }))}
        error={errors['timeZone']}
      />
      <SelectField
        label={say('setup.language')}
        name="language"
        defaultValue={values.language}
        options={Object.entries({ [values.language]: values.language, en: 'English', de: 'Deutsch' }).map(
          ([value, label]) => ({ value, label }),
        )}
        error={errors['language']}
      />
      <TextField
        label={say('settings.sendDelay')}
        help={say('settings.sendDelayHelp')}
        name="sendDelaySeconds"
        type="number"
        min={0}
        max={120}
        defaultValue={values.sendDelaySeconds}
        error={errors['sendDelaySeconds']}
      />
      <TextField
        label={say('settings.reopenWindow')}
        help={say('settings.reopenWindowHelp')}
        name="reopenDays"
        type="number"
        min={0}
        max={366}
        step="any"
        defaultValue={values.reopenWindowSeconds / daySeconds}
        error={errors['reopenWindowSeconds']}
      />
      <TextField
        label={say('settings.autoClose')}
        help={say('settings.autoCloseHelp')}
        name="autoCloseDays"
        type="number"
        min={0.05}
        max={60}
        step="any"
        defaultValue={Math.round((values.autoCloseSeconds / daySeconds) * 100) / 100}
        error={errors['autoCloseSeconds']}
      />
      <SelectField
        label={say('settings.onHoldReply')}
        name="onHoldReply"
        defaultValue={values.onHoldReply}
        options={(['open', 'keep'] as const).map((value) => ({ value, label: say(`onHoldReply.${value}`) }))}
      />
      <CheckField
        label={say('settings.assignOnReply')}
        help={say('settings.assignOnReplyHelp')}
        name="assignOnReply"
        defaultChecked={values.assignOnReply}
      />
      <CheckField
        label={say('settings.quoteBelow')}
        help={say('settings.quoteBelowHelp')}
        name="quoteBelow"
        defaultChecked={values.quoteBelow}
      />
      <CheckField
        label={say('settings.nameBelow')}
        help={say('settings.nameBelowHelp')}
        name="nameBelow"
        defaultChecked={values.nameBelow}
      />
      <CheckField
        label={say('settings.acknowledgement')}
        checked={acknowledges}
        onChange={(event) => setAcknowledges(event.target.checked)}
      />
      {acknowledges && (
        <TextArea
          label={say('settings.acknowledgementText')}
          name="acknowledgementText"
          defaultValue={values.acknowledgementText}
          error={errors['acknowledgementText']}
        />
      )}
      <TextArea
        label={say('settings.signature')}
        name="signature"
        defaultValue={values.signature}
        error={errors['signature']}
      />
      <TextField
        label={say('settings.auditMailTo')}
        help={say('settings.auditMailToHelp')}
        name="auditMailTo"
        inputMode="email"
        defaultValue={values.auditMailTo ?? ''}
        error={errors['auditMailTo']}
      />
      <ReportSettings values={values} errors={errors} />
      <Button weight="primary" type="submit" disabled={busy}>
        {say('settings.save')}
      </Button>
    </form>
  )
}

function patchOf(form: FormData, acknowledgement: boolean): SettingsPatch {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    deskName: text('deskName'),
    mailFrom: text('mailFrom') || null,
    timeZone: text('timeZone'),
    language: text('language'),
    sendDelaySeconds: Number(text('sendDelaySeconds')),
    reopenWindowSeconds: Math.round(Number(text('reopenDays')) * daySeconds),
    autoCloseSeconds: Math.round(Number(text('autoCloseDays')) * daySeconds),
    onHoldReply: text('onHoldReply') === 'keep' ? 'keep' : 'open',
    assignOnReply: form.has('assignOnReply'),
    quoteBelow: form.has('quoteBelow'),
    nameBelow: form.has('nameBelow'),
    acknowledgement,
    ...(form.has('acknowledgementText') ? { acknowledgementText: text('acknowledgementText') } : {}),
    signature: text('signature'),
    auditMailTo: text('auditMailTo') || null,
    ...reportPatchOf(form),
  }
}
