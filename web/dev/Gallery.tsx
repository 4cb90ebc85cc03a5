// Every shared part in light and dark, side by side: for looking at, and for screenshots. Right to left with the language
// `ar-XB` in the preferences of this browser.
import { useState } from 'react'

import { priorities, statuses, type Status } from '../../src/tickets/vocabulary.ts'
import { Button } from '../parts/Button.tsx'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { CheckField, SelectField, TextArea, TextField } from '../parts/Form.tsx'
import { Avatar, PriorityMark, StatusMark, Tag } from '../parts/Marks.tsx'
import { Marked } from '../parts/Marked.tsx'
import { PickList } from '../parts/PickList.tsx'
import { prefer, type Preferences, usePreference } from '../state/preferences.ts'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import styles from './gallery.module.css'

export function Gallery() {
  const language = usePreference('language')
  return (
    <main className={styles['gallery']}>
      <header>
        <h1>{say('gallery.title')}</h1>
        <SelectField
          label={say('me.language')}
          value={language}
          onChange={(event) => {
            prefer({ language: event.target.value as Preferences['language'] })
            location.reload()
          }}
          options={['system', 'en', 'de', 'ar-XB'].map((value) => ({ value, label: value }))}
        />
      </header>
      <div className={styles['sides']}>
        <Side scheme="light" />
        <Side scheme="dark" />
      </div>
    </main>
  )
}

function Side({ scheme }: { scheme: 'light' | 'dark' }) {
  const [checked, setChecked] = useState(true)
  return (
    <section className={styles['side']} style={{ colorScheme: scheme }} aria-label={scheme}>
      <p>
        {statuses.map((status) => (
          <StatusMark key={status} status={status} />
        ))}
      </p>
      <p>
        {priorities.map((priority) => (
          <PriorityMark key={priority} priority={priority} />
        ))}
      </p>
      <p>
        <Tag name="vip" /> <Tag name="black-friday" /> <Avatar name="Ada Okafor" />{' '}
        <Avatar name="Åsa" size={20} />
      </p>
      <p>
        <Button>{say('action.edit')}</Button> <Button weight="primary">{say('composer.send')}</Button>{' '}
        <Button weight="quiet">{say('action.cancel')}</Button>{' '}
        <Button weight="danger">{say('views.delete')}</Button> <Button disabled>{say('action.save')}</Button>
      </p>
      <p>
        <Marked text="The lamp hums, the lamps hum" words={['lamp']} />
      </p>
      <TextField label={say('field.name')} help={say('field.passwordHelp')} defaultValue="Cy Doe" />
      <TextField label={say('field.email')} error="is not an address" defaultValue="cy@" />
      <TextArea label={say('newTicket.body')} defaultValue={say('newTicket.bodyHelp')} />
      <CheckField label={say('me.singleKeys')} checked={checked} onChange={() => setChecked(!checked)} />
      <PickList
        label={say('ask.status')}
        choices={statuses.map((id) => ({
          id,
          label: say(`status.${id}`),
          icon: <StatusMark status={id} bare />,
        }))}
        chosen={['open']}
        onChoose={(id) => notify({ title: say(`status.${id as Status}`) })}
      />
      <Empty title={say('list.empty')}>
        <p>{say('list.noMatchHelp')}</p>
      </Empty>
      <Skeleton rows={2} height={56} />
    </section>
  )
}
