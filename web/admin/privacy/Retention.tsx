// A rule of retention: which tickets, and how many of them that would be today, before anything is erased.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { Category } from '../../../src/api/contract/desk.ts'
import type { NewRetentionRule, RetentionPreview, RetentionRule } from '../../../src/api/contract/privacy.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { dayAndTime, number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'

type Conditions = Pick<RetentionRule, 'days' | 'categoryIds' | 'tags'>
type Names = ReadonlyMap<number, string>

/** Categories by their numbers. */
export function useNames(): Names {
  const { items } = usePages<Category>('categories', { archived: 'true' })
  return new Map(items.map(({ id, path }) => [id, path]))
}

/** The conditions in one line. */
export function conditionWords({ days, categoryIds, tags }: Conditions, names: Names): string {
  const parts = [say('retention.closedFor', { days })]
  if (categoryIds.length > 0)
    parts.push(
      say('retention.inCategories', { names: categoryIds.map((id) => names.get(id) ?? `${id}`).join(', ') }),
    )
  if (tags.length > 0) parts.push(say('retention.withTags', { names: tags.join(', ') }))
  return parts.join(' · ')
}

type FormProps = { rule: RetentionRule | null; onClose: () => void }

export function RetentionForm({ rule, onClose }: FormProps) {
  const names = useNames()
  const { save, busy, errors, general } = useSave(onClose)
  const [chosen, setChosen] = useState<readonly number[]>(rule?.categoryIds ?? [])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = String(form.get('name')).trim()
    const tags = String(form.get('tags'))
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
    const body: NewRetentionRule = { name, days: Number(form.get('days')), categoryIds: [...chosen], tags }
    const [method, path] =
      rule === null
        ? (['POST', '/retention-rules'] as const)
        : (['PATCH', `/retention-rules/${rule.id}`] as const)
    void save(() => call(method, path, { body }), say('admin.saved', { name }))
  }
  return (
    <Modal
      title={say(rule === null ? 'retention.add' : 'retention.edit')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="retention" disabled={busy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <p>{say('retention.help')}</p>
      <form id="retention" className={styles['apart']} onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          maxLength={200}
          defaultValue={rule?.name}
          error={errors['name']}
        />
        <TextField
          label={say('retention.days')}
          name="days"
          type="number"
          min={1}
          max={36500}
          required
          defaultValue={rule?.days ?? 730}
          error={errors['days']}
        />
        {names.size > 0 && (
          <fieldset className={styles['choice']}>
            <legend>{say('retention.categories')}</legend>
            {[...names].map(([id, path]) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={() =>
                    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
                  }
                />{' '}
                {path}
              </label>
            ))}
          </fieldset>
        )}
        <TextField
          label={say('retention.tags')}
          name="tags"
          help={say('retention.tagsHelp')}
          defaultValue={rule?.tags.join(', ')}
          error={errors['tags']}
        />
      </form>
    </Modal>
  )
}

/** A dry run, and the word that makes it real. */
export function TurnOn({ rule, onClose }: { rule: RetentionRule; onClose: () => void }) {
  const names = useNames()
  const { days, categoryIds, tags } = rule
  const query = useQuery({
    queryKey: ['retention-rules', rule.id, 'preview'],
    queryFn: () =>
      call<RetentionPreview>('POST', '/retention-rules/preview', { body: { days, categoryIds, tags } }),
    gcTime: 0,
  })
  const { save, busy, general } = useSave(onClose)
  const turnOn = () =>
    save(
      () =>
        call('PUT', `/retention-rules/${rule.id}/on`, {
          body: { count: query.data?.count ?? 0, days, categoryIds, tags },
        }),
      say('retention.isOn', { name: rule.name }),
    )
  return (
    <Modal
      title={say('retention.dryRun', { name: rule.name })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="danger" disabled={busy || query.data === undefined} onClick={() => void turnOn()}>
            {say('retention.turnOnNow')}
          </Button>
        </>
      }
    >
      <FormProblem text={general} />
      <p>{conditionWords(rule, names)}</p>
      <Arrived query={query} rows={3} height={28}>
        {({ count, held, oldestAt, sample }) => (
          <>
            <p>
              <strong>{say('retention.due', { count })}</strong>{' '}
              {oldestAt !== null && say('retention.oldest', { when: dayAndTime(oldestAt) })}{' '}
              {held > 0 && say('retention.held', { count: held })}
            </p>
            <ul className={styles['addresses']}>
              {sample.map(({ id, subject, closedAt }) => (
                <li key={id}>
                  <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(id) }}>
                    {`#${id} ${subject || say('ticket.noSubject')}`}
                  </Link>
                  <span className={styles['muted']}>{dayAndTime(closedAt)}</span>
                </li>
              ))}
            </ul>
            {count > sample.length && (
              <p className={styles['muted']}>
                {say('retention.more', { count: number(count - sample.length) })}
              </p>
            )}
            <p>
              <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q: listQuery(rule, names) }}>
                {say('retention.asList')}
              </Link>
            </p>
          </>
        )}
      </Arrived>
      <p className={styles['apart']}>{say('retention.forGood')}</p>
    </Modal>
  )
}

/** The same conditions as a search. */
function listQuery({ days, categoryIds, tags }: Conditions, names: Names): string {
  const before = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const any = (key: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`${key}:${values.map((value) => `"${value.replaceAll('"', '')}"`).join(',')}`]
  const categories = categoryIds.flatMap((id) => names.get(id) ?? [])
  return ['status:closed', `closed:<${before}`, ...any('category', categories), ...any('tag', tags)].join(' ')
}
