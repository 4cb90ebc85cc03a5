// One widget: its looks, pages and hours; how it is installed, who its visitors are shown to be, and whether it works.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { Widget } from '../../../src/api/contract/chat.ts'
import type { Brand } from '../../../src/api/contract/forms.ts'
import type { Page as Pages } from '../../../src/api/contract/shapes.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { FormProblem } from '../../parts/Form.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say } from '../../words/say.ts'
import { LastChanges } from '../Beside.tsx'
import { Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import { Health } from './Health.tsx'
import { Identity } from './Identity.tsx'
import { Install } from './Install.tsx'
import { WidgetFields, type Draft } from './WidgetFields.tsx'

export function WidgetEditor() {
  const { widgetId } = useParams({ strict: false }) as { widgetId: string }
  const isNew = widgetId === 'new'
  const found = useQuery({
    queryKey: ['widgets', 'one', widgetId],
    queryFn: () => call<Widget>('GET', `/widgets/${widgetId}`),
    enabled: !isNew,
  })
  const brands = useQuery({
    queryKey: ['brands', 'all'],
    queryFn: () => call<Pages<Brand>>('GET', '/brands'),
  })
  const error = found.error ?? brands.error
  if (error)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(error)}</p>
        <Button onClick={() => void Promise.all([found.refetch(), brands.refetch()])}>
          {say('action.retry')}
        </Button>
      </Empty>
    )
  const all = brands.data?.items
  if (!all || (!isNew && !found.data)) return <Skeleton rows={6} height={40} />
  return <Editor key={widgetId} widget={found.data ?? null} brands={all} />
}

function draftOf(widget: Widget | null, brands: readonly Brand[]): Draft {
  return {
    name: widget?.name ?? '',
    brand: widget?.brand.id ?? brands[0]?.id ?? 1,
    team: widget?.team?.id ?? null,
    calendar: widget?.calendar ?? null,
    color: widget?.color ?? '',
    greeting: widget?.greeting ?? '',
    origins: widget?.origins.join('\n') ?? '',
    notesPage: widget?.notesPage ?? false,
    askMinutes: String((widget?.askAfterSeconds ?? 300) / 60),
    resolveMinutes: String((widget?.resolveAfterSeconds ?? 900) / 60),
  }
}

function bodyOf({ askMinutes, resolveMinutes, color, origins, ...rest }: Draft) {
  const seconds = (minutes: string) => Math.round(Number(minutes) * 60)
  return {
    ...rest,
    color: color.trim() === '' ? null : color.trim().toLowerCase(),
    origins: origins.split('\n').filter((line) => line.trim() !== ''),
    askAfterSeconds: seconds(askMinutes),
    resolveAfterSeconds: seconds(resolveMinutes),
  }
}

function Editor({ widget, brands }: { widget: Widget | null; brands: readonly Brand[] }) {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => draftOf(widget, brands))
  const [made, setMade] = useState<Widget | null>(null)
  const reload = () => void client.invalidateQueries({ queryKey: ['widgets'] })
  const { save, busy, errors, general } = useSave(reload)
  const submit = () => {
    const body = bodyOf(draft)
    const work = async () => {
      if (widget) return call('PATCH', `/widgets/${widget.id}`, { body })
      const added = await call<Widget>('POST', '/widgets', { body })
      setMade(added)
      await navigate({ to: '/admin/widgets/$widgetId', params: { widgetId: String(added.id) } })
    }
    void save(work, say(widget ? 'admin.saved' : 'admin.added', { name: draft.name }))
  }
  const shown = widget ?? made
  return (
    <Page
      title={widget ? widget.name : say('widgets.add')}
      about={say('widgets.aboutOne')}
      action={
        <Button weight="primary" disabled={busy} onClick={submit}>
          {say(widget ? 'action.save' : 'widgets.add')}
        </Button>
      }
      beside={
        shown && (
          <div>
            <Health widget={shown} />
            <LastChanges thing="widget" thingId={shown.id} />
          </div>
        )
      }
    >
      <FormProblem text={general ?? null} />
      <WidgetFields
        draft={draft}
        brands={brands}
        errors={errors}
        onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
      />
      {shown && (
        <>
          <Install widget={shown} />
          <Identity widget={shown} onChanged={reload} />
        </>
      )}
    </Page>
  )
}
