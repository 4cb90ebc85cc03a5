// What a token did in the last thirty days, a line for each day that it was used on.
import type { ApiToken } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Modal } from '../parts/Modal.tsx'
import { language } from '../words/language.ts'
import { say } from '../words/say.ts'
import styles from './token-usage.module.css'

export function TokenUsage({ token: { name, usage, perMinute }, onClose }: Props) {
  const most = Math.max(1, ...usage.map(({ requests }) => requests))
  const number = new Intl.NumberFormat(language)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <Modal
      title={say('tokens.usageOf', { name })}
      open
      onClose={onClose}
      actions={<Button onClick={onClose}>{say('action.close')}</Button>}
    >
      <p className={styles['about']}>
        {perMinute === null ? say('tokens.noLimit') : say('tokens.limit', { count: perMinute })}{' '}
        {say('tokens.usageAbout')}
      </p>
      {usage.length === 0 ? (
        <Empty title={say('tokens.unused')} />
      ) : (
        <table className={styles['days']}>
          <thead>
            <tr>
              <th scope="col">{say('tokens.day')}</th>
              <th scope="col">{say('tokens.requests')}</th>
              <th scope="col">{say('tokens.refusals')}</th>
            </tr>
          </thead>
          <tbody>
            {usage.map((each) => (
              <tr key={each.day}>
                <th scope="row">{day.format(new Date(each.day))}</th>
                <td>
                  <span className={styles['bar']} style={{ inlineSize: `${(each.requests / most) * 60}%` }} />
                  {number.format(each.requests)}
                </td>
                <td data-some={each.refusals > 0 || undefined}>{number.format(each.refusals)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Modal>
  )
}

type Props = { token: ApiToken; onClose: () => void }
