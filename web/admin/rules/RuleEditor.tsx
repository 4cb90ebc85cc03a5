// One rule: what it listens to, its condition and what it does on the left; what that means on the right.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { RuleView } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { FormProblem } from '../../parts/Form.tsx'
import { useTitle } from '../../state/title.ts'
import { notify } from '../../state/toasts.ts'
import { call, CallFailed, reasonOf } from '../../wire/call.ts'
import { useMay, useMe } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Actions, focusAction } from './Actions.tsx'
import { Conditions } from './Conditions.tsx'
import { Firings } from './Firings.tsx'
import { nameOf } from './ActionValue.tsx'
import { isUnfinished, keyOf, newRule, toCondition, toNodes, type Draft, type Group } from './model.ts'
import { Preview, usePreview } from './Preview.tsx'
import { Head } from './RuleHead.tsx'
import styles from './rules.module.css'
import { Tests } from './Tests.tsx'
import { TryTicket } from './TryTicket.tsx'
import { reloadRules, useRulebook, useVocabulary } from './wire.ts'

export function RuleEditor() {
  const { ruleId } = useParams({ strict: false }) as { ruleId: string }
  const { section } = useSearch({ strict: false }) as { section?: string }
  const me = useMe()
  const book = useRulebook()
  const isNew = ruleId === 'new'
  const found = useQuery({
    queryKey: ['rules', 'one', ruleId],
    queryFn: () => call<RuleView>('GET', `/rules/${ruleId}`),
    enabled: !isNew,
  })
  if (found.error)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(found.error)}</p>
        <Button onClick={() => void found.refetch()}>{say('action.retry')}</Button>
      </Empty>
    )
  if (!book || (!isNew && !found.data)) return <Skeleton rows={6} height={40} />
  if (isNew)
    return (
      <Editor key="new" first={newRule(me.id, section ?? book.sections[0]?.key ?? 'general')} view={null} />
    )
  return found.data ? <Editor key={ruleId} first={withoutId(found.data.rule)} view={found.data} /> : null
}

function withoutId(rule: RuleView['rule']): Draft {
  const { id: _, ...draft } = rule
  return draft
}

type Props = { first: Draft; view: RuleView | null }

function Editor({ first, view }: Props) {
  useTitle([view?.rule.title ?? say('rules.add'), say('admin.rules')])
  const [rule, setRule] = useState<Draft>(first)
  const [root, setRoot] = useState<Group>(() => toNodes(first.if))
  const [wanted, setWanted] = useState(false)
  const full: Draft = { ...rule, if: toCondition(root) }
  const preview = usePreview(full)
  const words = useVocabulary()
  const mayWrite = useMay('rules.write')
  const problems = preview.data?.problems ?? []
  const put = (change: Partial<Draft>) => setRule({ ...rule, ...change })
  return (
    <div className={styles['editor']}>
      <form
        className={styles['builder']}
        aria-label={say('rules.builder')}
        onSubmit={(event) => event.preventDefault()}
      >
        <h1 className={admin['title']}>{say(view === null ? 'rules.add' : 'rules.edit')}</h1>
        <Head rule={rule} put={put} events={words?.events ?? []} problems={problems} />
        <h2 className={styles['part']}>{say('rules.if')}</h2>
        <Conditions
          root={root}
          words={words}
          problems={problems}
          forTimer={rule.kind === 'timer'}
          onChange={setRoot}
        />
        <h2 className={styles['part']}>{say('rules.then')}</h2>
        <Actions
          actions={rule.do}
          problems={problems}
          wanted={wanted}
          onChange={(actions) => put({ do: actions })}
        />
        {rule.kind === 'trigger' && (
          <label className={styles['check']}>
            <input
              type="checkbox"
              checked={rule.stop}
              onChange={(event) => put({ stop: event.target.checked })}
            />{' '}
            {say('rules.stop')}
          </label>
        )}
        <Tests tests={rule.tests ?? []} problems={problems} onChange={(tests) => put({ tests })} />
        {preview.data && <p className={styles['sentence']}>{preview.data.sentence}</p>}
        {mayWrite && <Save rule={full} view={view} onWanted={() => setWanted(true)} />}
      </form>
      <aside className={styles['live']} aria-label={say('rules.live')}>
        <Preview
          answer={preview.data}
          error={preview.error}
          stale={preview.isPlaceholderData || preview.isFetching}
        />
        <TryTicket rule={full} onTest={(test) => put({ tests: [...(rule.tests ?? []), test] })} />
        {view && <Firings view={view} />}
      </aside>
    </div>
  )
}

type SaveProps = { rule: Draft; view: RuleView | null; onWanted: () => void }

function Save({ rule, view, onWanted }: SaveProps) {
  const navigate = useNavigate()
  const [failure, setFailure] = useState<{ of: string; error: unknown } | null>(null)
  const text = JSON.stringify(rule)
  const [busy, setBusy] = useState(false)
  const back = () => void navigate({ to: '/admin/rules' as '/admin' })
  const run = async (work: () => Promise<unknown>, title: string) => {
    setBusy(true)
    try {
      await work()
      await reloadRules()
      notify({ title, detail: say('rules.savedDraft') })
      back()
    } catch (error) {
      setFailure({ of: text, error })
    } finally {
      setBusy(false)
    }
  }
  const save = (form: HTMLFormElement | null) => {
    onWanted()
    if (form?.reportValidity() === false) return
    if (rule.do.some(isUnfinished)) return focusAction(form?.querySelector('[data-unfinished]'))
    const body = {
      rule: { ...rule, key: rule.key || keyOf(rule.title) },
      ...(view && view.edition > 0 ? { edition: view.edition } : {}),
    }
    void run(
      () => call(view ? 'PUT' : 'POST', view ? `/rules/${view.rule.id}` : '/rules', { body }),
      say('admin.saved', { name: rule.title }),
    )
  }
  const remove = () =>
    run(() => call('DELETE', `/rules/${view?.rule.id}`), say('rules.removed', { name: rule.title }))
  return (
    <div className={styles['save']}>
      {/* What was wrong with another text than the one that stands here now is over. */}
      <FormProblem text={failure?.of === text ? whatIsWrong(failure.error, rule) : null} />
      <Button weight="primary" disabled={busy} onClick={(event) => save(event.currentTarget.form)}>
        {say('rules.saveDraft')}
      </Button>
      <Button onClick={back}>{say('action.cancel')}</Button>
      {view && (
        <Button weight="danger" disabled={busy} onClick={() => void remove()}>
          {say('rules.delete')}
        </Button>
      )}
      <span className={admin['muted']}>{say('rules.notLive')}</span>
    </div>
  )
}

function whatIsWrong(error: unknown, rule: Draft): string {
  const found = error instanceof CallFailed ? error.problem.errors : undefined
  if (!found?.length) return reasonOf(error)
  return found
    .map(({ path, message }) => [partOf(path, rule), message].filter(Boolean).join(': '))
    .join(' · ')
}

/** The part of the editor that a place in what was sent belongs to. */
function partOf(path: string, rule: Draft): string {
  const [, part, at] = path.split('.')
  const action = part === 'do' ? rule.do[Number(at)] : undefined
  if (action) return say(`ruleAction.${nameOf(action)}`)
  if (part === 'title' || part === 'tests' || part === 'if') return say(`rules.${part}`)
  return ''
}
