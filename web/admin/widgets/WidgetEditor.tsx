// One widget: its looks, pages and hours; how it is installed, who its visitors are shown to be, and whether it works.
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { Widget } from '../../../src/api/contract/chat.ts'
import type { Brand } from '../../../src/api/contract/forms.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem } from '../../parts/Form.tsx'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say } from '../../words/say.ts'
import { LastChanges } from '../Beside.tsx'
import { OfBrand } from '../OfBrand.tsx'
import { Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import { Health } from './Health.tsx'
import { Identity } from './Identity.tsx'
import { Install } from './Install.tsx'
import { WidgetFields, type Draft } from './WidgetFields.tsx'

export function WidgetEditor() {
  const { widgetId } = useParams({ strict: false }) as { widgetId: string }
  return (
    <OfBrand<Widget> list="widgets" id={widgetId}>
      {(widget, brands) => <Editor key={widgetId} widget={widget} brands={brands} />}
    </OfBrand>
  )
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
