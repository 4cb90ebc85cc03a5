// A mode for each category, beside what the assistant did there; and for how many of its tickets it may answer alone.
import type { AssistantMode, AssistantOverview } from '../../../src/api/contract/assistant.ts'
import { forgetAssistant, setSwitch } from '../../assistant/wire.ts'
import { Button } from '../../parts/Button.tsx'
import styles from '../../assistant/assistant.module.css'
import { number } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { attempt } from '../saving.ts'

export const modes = ['off', 'shadow', 'on_request', 'suggest', 'draft', 'auto'] as const
const shares = [0.1, 0.5, 1]

/** By category id; one that is not named goes as all others do. */
export type ByCategory = Readonly<Record<string, { mode: AssistantMode; share: number }>>

type Props = { data: AssistantOverview; chosen: ByCategory; onChoose: (next: ByCategory) => void }

export function Modes({ data, chosen, onChoose }: Props) {
  const set = (id: number, mode: string, share: number) => {
    const { [String(id)]: _gone, ...rest } = chosen
    onChoose(mode === '' ? rest : { ...rest, [id]: { mode: mode as AssistantMode, share } })
  }
  const rows = data.categories.filter(({ tickets, runs, id }) => tickets + runs > 0 || chosen[id])
  const shown = rows.length > 0 ? rows : data.categories
  return (
    <ScrollBox label={say('assistant.modes')} className={admin['tableBox']}>
      <table className={admin['table']} data-numbers>
        <thead>
          <tr>
            <th scope="col">{say('assistant.category')}</th>
            <th scope="col">{say('assistant.mode')}</th>
            <th scope="col">{say('assistant.share')}</th>
            {(['tickets', 'runs', 'answered', 'wrong'] as const).map((count) => (
              <th key={count} scope="col" data-end>
                {say(`assistant.${count}`)}
              </th>
            ))}
            <th scope="col" data-end>
              {say('assistant.threshold')}
            </th>
            <th scope="col" data-end>
              {say('assistant.switch')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, path, tickets, runs, answered, judged, wrong }) => {
            const { mode, share } = chosen[id] ?? { mode: '', share: 0.1 }
            const threshold = data.live?.thresholds[String(id)]
            return (
              <tr key={id}>
                <th scope="row" className={styles['of']}>
                  {path}
                </th>
                <td>
                  <select
                    className={styles['cell']}
                    aria-label={say('assistant.modeOf', { name: path })}
                    value={mode}
                    onChange={(event) => set(id, event.target.value, share)}
                  >
                    <option value="">{say('assistant.asOthers')}</option>
                    {modes.map((each) => (
                      <option key={each} value={each}>
                        {sayName('assistantMode', each)}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  {mode === 'auto' && (
                    <select
                      aria-label={say('assistant.shareOf', { name: path })}
                      value={share}
                      onChange={(event) => set(id, mode, Number(event.target.value))}
                    >
                      {shares.map((each) => (
                        <option key={each} value={each}>
                          {`${each * 100} %`}
                        </option>
                      ))}
                    </select>
                  )}
                </td>
                <td data-end>{number(tickets)}</td>
                <td data-end>{number(runs)}</td>
                <td data-end>{number(answered)}</td>
                <td data-end>{judged === 0 ? '–' : `${number(wrong)}/${number(judged)}`}</td>
                <td data-end>{threshold === undefined ? '–' : `${Math.round(threshold.from * 100)} %`}</td>
                <td data-end>
                  <CategorySwitch data={data} id={id} path={path} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Ends it at once for one category, whatever its mode; nothing has to be saved for it. */
function CategorySwitch({ data, id, path }: { data: AssistantOverview; id: number; path: string }) {
  const mayWrite = useMay('assistant.write')
  const scope = `category:${id}`
  const isOff = data.switches.some((each) => each.scope === scope)
  if (!mayWrite || data.live === null) return null
  const turn = () =>
    void attempt(
      () => setSwitch(scope, !isOff),
      say(isOff ? 'assistant.switchedOn' : 'assistant.switchedOff'),
      forgetAssistant,
    )
  return (
    <Button
      type="button"
      weight="quiet"
      title={say(isOff ? 'assistant.turnOnFor' : 'assistant.turnOffFor', { name: path })}
      onClick={turn}
    >
      {say(isOff ? 'assistant.off' : 'assistant.on')}
    </Button>
  )
}
