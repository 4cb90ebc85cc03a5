// What every ticket of a queue asks of an agent: skills with a level and how long they are insisted on.
import type { Queue } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { useSkills } from '../../routing/wire.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import styles from './routing.module.css'

type Needs = Queue['needs']
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

const levelOptions = numbers(1, 5).map((level) => ({ value: String(level), label: `≥ ${level}` }))
const tierOptions = () =>
  ([0, 1, 2, 3] as const).map((tier) => ({ value: String(tier), label: say(`tier.${tier}`) }))

type Asked = Pick<Needs[number], 'minLevel' | 'tier'>

/** How well somebody must know it, and how long that is insisted on. */
export function LevelAndTier({
  minLevel,
  tier,
  onChange,
}: Asked & { onChange: (part: Partial<Asked>) => void }) {
  return (
    <>
      <SelectField
        label={say('skills.level')}
        value={String(minLevel)}
        onChange={(event) => onChange({ minLevel: Number(event.target.value) })}
        options={levelOptions}
      />
      <SelectField
        label={say('skills.tier')}
        value={String(tier)}
        onChange={(event) => onChange({ tier: Number(event.target.value) })}
        options={tierOptions()}
      />
    </>
  )
}

export function NeedsEditor({ needs, onChange }: { needs: Needs; onChange: (needs: Needs) => void }) {
  const skills = useSkills()
  const left = skills.filter(({ id }) => !needs.some(({ skillId }) => skillId === id))
  const set = (index: number, part: Partial<Needs[number]>) =>
    onChange(needs.map((need, place) => (place === index ? { ...need, ...part } : need)))
  return (
    <fieldset className={styles['set']}>
      <legend>{say('queues.needs')}</legend>
      <p className={admin['muted']}>{say('queues.needsHelp')}</p>
      {needs.map(({ skillId, minLevel, tier }, index) => (
        <div key={skillId} className={styles['line']}>
          <span className={styles['grow']}>{skills.find(({ id }) => id === skillId)?.name ?? skillId}</span>
          <LevelAndTier minLevel={minLevel} tier={tier} onChange={(part) => set(index, part)} />
          <Button weight="quiet" onClick={() => onChange(needs.filter((_, place) => place !== index))}>
            {say('routing.remove')}
          </Button>
        </div>
      ))}
      {left.length > 0 && (
        <SelectField
          label={say('queues.addNeed')}
          value=""
          onChange={(event) =>
            onChange([...needs, { skillId: Number(event.target.value), minLevel: 1, tier: 0 }])
          }
          options={[
            { value: '', label: say('queues.chooseSkill') },
            ...left.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      )}
    </fieldset>
  )
}
