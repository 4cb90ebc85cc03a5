// Brands: the name, signature, colour and logo that customers see.
import { type FormEvent, useState } from 'react'

import type { Brand, NewBrand } from '../../src/api/contract/forms.ts'
import type { Mailbox } from '../../src/api/contract/mailboxes.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import { call, reasonOf } from '../wire/call.ts'
import { upload } from '../ticket/composer/send.ts'
import styles from './admin.module.css'
import forms from './forms/forms.module.css'
import { DataTable, Page } from './Page.tsx'
import { useSave } from './saving.ts'
import { usePages } from './usePages.ts'

export function Brands() {
  const pages = usePages<Brand>('brands')
  const [editing, setEditing] = useState<Brand | 'new' | null>(null)
  return (
    <Page
      title={say('admin.brands')}
      about={say('brands.about')}
      changesOf="brand"
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('brands.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.brands')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('brands.empty')}
        columns={[
          {
            name: say('field.name'),
            render: ({ name, logoUrl, color }) => (
              <span className={forms['brand']}>
                {logoUrl ? <img src={logoUrl} alt="" /> : <Swatch color={color} />}
                <span className={styles['strong']}>{name}</span>
              </span>
            ),
          },
          {
            name: say('brands.from'),
            render: ({ fromName, mailbox }) => fromName || mailbox?.address || '–',
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (brand) => (
              <Button weight="quiet" onClick={() => setEditing(brand)}>
                {say('action.edit')}
              </Button>
            ),
          },
        ]}
      />
      {editing && (
        <BrandForm
          brand={editing === 'new' ? null : editing}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

function Swatch({ color }: { color: string | null }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
      <rect width="16" height="16" rx="4" fill={color ?? 'var(--accent)'} />
    </svg>
  )
}

function BrandForm({ brand, onClose }: { brand: Brand | null; onClose: () => void }) {
  const { save, busy, errors, general } = useSave(onClose)
  const mailboxes = usePages<Mailbox>('mailboxes')
  const [hasColor, setHasColor] = useState(brand?.color != null)
  const [logoProblem, setLogoProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const logo = await logoOf(form, setLogoProblem)
    if (logo === false) return
    const body: NewBrand = {
      name: text('name'),
      fromName: text('fromName'),
      signature: String(form.get('signature') ?? ''),
      mailbox: text('mailbox') === '' ? null : Number(text('mailbox')),
      color: hasColor ? text('color') : null,
      portal: form.has('portal'),
      ticketLinks: form.has('ticketLinks'),
      ...(logo === undefined ? {} : { logo }),
    }
    const work = () =>
      brand ? call('PATCH', `/brands/${brand.id}`, { body }) : call('POST', '/brands', { body })
    void save(work, say(brand ? 'admin.saved' : 'admin.added', { name: body.name }))
  }
  return (
    <Modal
      title={brand ? say('brands.edit', { name: brand.name }) : say('brands.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="brand" disabled={busy}>
            {say(brand ? 'action.save' : 'brands.add')}
          </Button>
        </>
      }
    >
      {/* Drawn anew when the mailboxes are there, so that the chosen one is among them. */}
      <form id="brand" key={mailboxes.items.length} onSubmit={(event) => void submit(event)}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          defaultValue={brand?.name}
          error={errors['name']}
        />
        <TextField
          label={say('brands.fromName')}
          help={say('brands.fromNameHelp')}
          name="fromName"
          defaultValue={brand?.fromName}
        />
        <SelectField
          label={say('brands.mailbox')}
          help={say('brands.mailboxHelp')}
          name="mailbox"
          defaultValue={brand?.mailbox?.id ?? ''}
          options={[
            { value: '', label: say('brands.deskMailbox') },
            ...mailboxes.items.map(({ id, address }) => ({ value: String(id), label: address })),
          ]}
        />
        <TextArea label={say('settings.signature')} name="signature" defaultValue={brand?.signature} />
        <CheckField
          label={say('brands.hasColor')}
          checked={hasColor}
          onChange={(event) => setHasColor(event.target.checked)}
        />
        {hasColor && (
          <TextField
            label={say('brands.color')}
            name="color"
            type="color"
            defaultValue={brand?.color ?? '#3050b0'}
            error={errors['color']}
          />
        )}
        <TextField
          label={say('brands.logo')}
          help={say('brands.logoHelp')}
          name="logo"
          type="file"
          accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
          error={logoProblem ?? errors['logo']}
        />
        {brand?.logoUrl && <CheckField label={say('brands.noLogo')} name="noLogo" />}
        <PortalFields brand={brand} />
      </form>
    </Modal>
  )
}

/** Whether its customers come to their tickets, and how. */
function PortalFields({ brand }: { brand: Brand | null }) {
  return (
    <>
      <CheckField
        label={say('brands.portal')}
        help={brand ? say('brands.portalAt', { url: `${location.origin}/portal/${brand.id}` }) : undefined}
        name="portal"
        defaultChecked={brand?.portal ?? true}
      />
      <CheckField
        label={say('brands.ticketLinks')}
        help={say('brands.ticketLinksHelp')}
        name="ticketLinks"
        defaultChecked={brand?.ticketLinks ?? false}
      />
    </>
  )
}

/** The upload of a new logo; null takes it away, undefined leaves it, false when it could not be uploaded. */
async function logoOf(
  form: FormData,
  onProblem: (text: string | null) => void,
): Promise<number | null | undefined | false> {
  const file = form.get('logo')
  if (!(file instanceof File) || file.size === 0) return form.has('noLogo') ? null : undefined
  try {
    onProblem(null)
    return (await upload(file)).id
  } catch (error) {
    onProblem(reasonOf(error))
    return false
  }
}
