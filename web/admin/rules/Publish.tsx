// The last look before the draft goes live: what changes, what is wrong, and the reason where there are new warnings.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { Rulebook, RuleProblem, RulebookDiff } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { notify } from '../../state/toasts.ts'
import { call, CallFailed, reasonOf } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import { refusalOf } from '../saving.ts'
import { Diff } from './Diff.tsx'
import styles from './rules.module.css'
import { reloadRules, useRulebook } from './wire.ts'

/** Of a hundred tickets. */
const SHARES = [100, 50, 25, 10, 5]

export function Publish({ onClose, onBacktest }: { onClose: () => void; onBacktest: () => void }) {
  const book = useRulebook()
  const version = book?.draft?.version
  const mayPublish = useMay('rules.publish')
  const [refused, setRefused] = useState<readonly RuleProblem[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [needsReason, setNeedsReason] = useState(false)
  const diff = useQuery({
    queryKey: ['rules', 'diff', version],
    queryFn: () =>
      call<RulebookDiff>('GET', `/rulebook/versions/${version}/diff`, {
        query: { from: book?.live?.version ?? 0 },
      }),
    enabled: version !== undefined,
  })
  // What no reason gets past is told before anybody presses.
  const known = useQuery({
    queryKey: ['rules', 'problems', version],
    queryFn: () => call<{ problems: RuleProblem[] }>('GET', '/rulebook/problems'),
    enabled: version !== undefined,
  })
  const inTheWay = (known.data?.problems ?? []).filter(({ level }) => level === 'error')
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [note, reason] = [String(form.get('note') ?? ''), String(form.get('reason') ?? '').trim()]
    const percent = Number(form.get('percent') ?? 100)
    const share = percent < 100 ? { percent } : {}
    try {
      await call('POST', '/rulebook/publish', { body: { note, ...share, ...(reason ? { reason } : {}) } })
      await reloadRules()
      notify({ title: percent < 100 ? say('canary.began', { percent }) : say('rules.published') })
      onClose()
    } catch (error) {
      const found =
        error instanceof CallFailed
          ? (error.problem as unknown as { problems?: RuleProblem[]; refusal?: string })
          : {}
      setRefused(found.problems ?? [])
      setNeedsReason(found.refusal === 'needs_reason')
      setFailure(refusalOf(error))
    }
  }
  return (
    <Modal
      title={say('rules.review')}
      shape="wide"
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          {mayPublish && (
            <>
              <Button onClick={onBacktest}>{say('backtests.ask')}</Button>
              <Button weight="primary" type="submit" form="publish" disabled={inTheWay.length > 0}>
                {say('rules.publish')}
              </Button>
            </>
          )}
        </>
      }
    >
      {failure === null && inTheWay.length > 0 && <p>{say('rules.inTheWay')}</p>}
      {refused === null && <Problems problems={inTheWay} onLeave={onClose} />}
      {diff.data && <Diff diff={diff.data} />}
      {diff.error && <p role="alert">{reasonOf(diff.error)}</p>}
      <form id="publish" onSubmit={(event) => void submit(event)}>
        <FormProblem text={failure} />
        <Problems problems={refused ?? []} onLeave={onClose} />
        {mayPublish ? (
          <>
            <TextField label={say('rules.note')} name="note" maxLength={500} />
            {book && <ForWhich book={book} />}
            {needsReason && (
              <TextField
                label={say('rules.reason')}
                name="reason"
                required
                minLength={3}
                maxLength={500}
                help={say('rules.reasonHelp')}
              />
            )}
          </>
        ) : (
          <p className={styles['hint']}>{say('rules.adminPublishes')}</p>
        )}
      </form>
    </Modal>
  )
}

function Problems({ problems, onLeave }: { problems: readonly RuleProblem[]; onLeave: () => void }) {
  if (problems.length === 0) return null
  return (
    <ul className={styles['warnings']}>
      {problems.map((problem) => (
        <Found
          key={`${problem.ruleId} ${problem.place} ${problem.code}`}
          problem={problem}
          onLeave={onLeave}
        />
      ))}
    </ul>
  )
}

/** A problem, with the way to the rule that has it. */
function Found({ problem, onLeave }: { problem: RuleProblem; onLeave: () => void }) {
  const { ruleId, place, code, level, title, message } = problem
  if (place === 'backtest')
    return (
      <li data-level={level}>
        <b>{say('backtests.ask')}</b> {sayName('finding', code)}
      </li>
    )
  return (
    <li data-level={level}>
      {ruleId === null ? (
        <b>{title ?? place}</b>
      ) : (
        <Link to={`/admin/rules/${ruleId}` as '/admin'} onClick={onLeave}>
          <b>{title ?? place}</b>
        </Link>
      )}{' '}
      {message}
    </li>
  )
}

/** All tickets, or a share of them first: there must be something that judges the others. */
function ForWhich({ book: { live, canary } }: { book: Rulebook }) {
  if (canary) return <p className={styles['hint']}>{say('canary.ends', { version: canary.version })}</p>
  if (!live) return null
  return (
    <SelectField
      label={say('canary.forWhich')}
      name="percent"
      defaultValue="100"
      help={say('canary.forWhichHelp')}
      options={SHARES.map((percent) => ({
        value: String(percent),
        label: percent === 100 ? say('canary.all') : say('canary.share', { percent }),
      }))}
    />
  )
}
