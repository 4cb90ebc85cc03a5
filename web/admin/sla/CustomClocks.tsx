// Clocks of the desk's own: when each starts, stops and pauses, as searches asked of the ticket after each change.
import type { CustomClock } from '../../../src/api/contract/sla.ts'
import { Button } from '../../parts/Button.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import styles from './sla.module.css'

type Props = { customs: readonly CustomClock[]; onChange: (customs: CustomClock[]) => void }

export function CustomClocks({ customs, onChange }: Props) {
  const set = (index: number, part: Partial<CustomClock>) =>
    onChange(customs.map((each, at) => (at === index ? { ...each, ...part } : each)))
  const add = () => {
    const key = `clock_${customs.length + 1}`
    onChange([...customs, { key, title: key, start: '', stop: '', pause: '', cycle: 'restart' }])
  }
  return (
    <section>
      <h2 className={styles['section']}>{say('customs.title')}</h2>
      <p className={admin['about']}>{say('customs.about')}</p>
      {customs.map((clock, index) => (
        // A clock's key is edited here, so its place names it.
        // oxlint-disable-next-line react/no-array-index-key
        <fieldset key={index} className={styles['custom']}>
          <TextField
            label={say('customs.key')}
            value={clock.key}
            onChange={(event) => {
              const key = event.target.value.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')
              set(index, { key, title: key })
            }}
          />
          <TextField
            label={say('customs.start')}
            placeholder="tag:waiting-supplier"
            value={clock.start}
            onChange={(event) => set(index, { start: event.target.value })}
          />
          <TextField
            label={say('customs.stop')}
            placeholder="-tag:waiting-supplier"
            value={clock.stop}
            onChange={(event) => set(index, { stop: event.target.value })}
          />
          <TextField
            label={say('customs.pause')}
            placeholder="status:pending"
            value={clock.pause}
            onChange={(event) => set(index, { pause: event.target.value })}
          />
          <SelectField
            label={say('customs.cycle')}
            value={clock.cycle}
            onChange={(event) => set(index, { cycle: event.target.value as CustomClock['cycle'] })}
            options={(['restart', 'resume', 'once'] as const).map((value) => ({
              value,
              label: say(`customs.${value}`),
            }))}
          />
          <Button weight="quiet" onClick={() => onChange(customs.filter((_, at) => at !== index))}>
            {say('customs.remove')}
          </Button>
        </fieldset>
      ))}
      <Button onClick={add} disabled={customs.length >= 10}>
        {say('customs.add')}
      </Button>
    </section>
  )
}
