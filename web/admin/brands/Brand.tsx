// One brand: the face of its mail, and the looks of its help, portal, forms and chat, with a preview.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { Brand as Whole } from '../../../src/api/contract/forms.ts'
import type { Mailbox } from '../../../src/api/contract/mailboxes.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { brandsQuery } from '../articles/sections.ts'
import { Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { BrandPreview } from './BrandPreview.tsx'
import own from './brands.module.css'
import { bodyOf, type Draft, draftOf } from './draft.ts'

export function Brand() {
  const { brandId } = useParams({ strict: false }) as { brandId: string }
  const brands = useQuery(brandsQuery)
  if (brandId === 'new') return <Editor key="new" brand={null} />
  return (
    <Arrived query={brands} rows={6} height={40}>
      {({ items }) => {
        const brand = items.find(({ id }) => String(id) === brandId)
        return brand ? (
          <Editor key={brand.id} brand={brand} />
        ) : (
          <Empty title={say('brands.gone')}>
            <Link to="/admin/brands">{say('admin.brands')}</Link>
          </Empty>
        )
      }}
    </Arrived>
  )
}

function Editor({ brand }: { brand: Whole | null }) {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => draftOf(brand))
  const [made, setMade] = useState<Whole | null>(null)
  const { save, busy, errors, general } = useSave(() => {
    void client.invalidateQueries({ queryKey: ['brands'] })
  })
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const keep = () =>
    save(
      async () => {
        const body = await bodyOf(draft)
        const saved = brand
          ? await call<Whole>('PATCH', `/brands/${brand.id}`, { body })
          : await call<Whole>('POST', '/brands', { body })
        setMade(saved)
        change({ logo: undefined })
        if (brand === null)
          await navigate({
            to: '/admin/brands/$brandId',
            params: { brandId: String(saved.id) },
            replace: true,
          })
      },
      say(brand ? 'admin.saved' : 'admin.added', { name: draft.name }),
    )
  return (
    <Page
      title={brand ? say('brands.edit', { name: brand.name }) : say('brands.add')}
      about={say('brands.about')}
      action={
        <Button weight="primary" disabled={busy} onClick={() => void keep()}>
          {say(brand ? 'action.save' : 'brands.add')}
        </Button>
      }
      beside={<BrandPreview draft={draft} logoUrl={(made ?? brand)?.logoUrl ?? null} />}
    >
      <FormProblem text={general} />
      <Mail draft={draft} errors={errors} onChange={change} />
      <Looks draft={draft} errors={errors} hasLogo={brand?.logoUrl != null} onChange={change} />
      <Foot draft={draft} errors={errors} onChange={change} />
      <h2 className={own['heading']}>{say('brands.customers')}</h2>
      <CheckField
        label={say('brands.portal')}
        help={brand ? say('brands.portalAt', { url: `${location.origin}/portal/${brand.id}` }) : undefined}
        checked={draft.portal}
        onChange={(event) => change({ portal: event.target.checked })}
      />
      <CheckField
        label={say('brands.ticketLinks')}
        help={say('brands.ticketLinksHelp')}
        checked={draft.ticketLinks}
        onChange={(event) => change({ ticketLinks: event.target.checked })}
      />
    </Page>
  )
}

type PartProps = {
  draft: Draft
  errors: Readonly<Record<string, string>>
  onChange: (part: Partial<Draft>) => void
}

/** The name, and the face of its mail. */
function Mail({ draft, errors, onChange }: PartProps) {
  const mailboxes = usePages<Mailbox>('mailboxes')
  return (
    <>
      <TextField
        label={say('field.name')}
        required
        value={draft.name}
        error={errors['name']}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <div className={styles['pair']}>
        <TextField
          label={say('brands.fromName')}
          help={say('brands.fromNameHelp')}
          value={draft.fromName}
          onChange={(event) => onChange({ fromName: event.target.value })}
        />
        <SelectField
          label={say('brands.mailbox')}
          help={say('brands.mailboxHelp')}
          value={draft.mailbox}
          error={errors['mailbox']}
          onChange={(event) => onChange({ mailbox: event.target.value })}
          options={[
            { value: '', label: say('brands.deskMailbox') },
            ...mailboxes.items.map(({ id, address }) => ({ value: String(id), label: address })),
          ]}
        />
      </div>
      <TextArea
        label={say('settings.signature')}
        value={draft.signature}
        onChange={(event) => onChange({ signature: event.target.value })}
      />
    </>
  )
}

/** Its colour and its logo. */
function Looks({ draft, errors, hasLogo, onChange }: PartProps & { hasLogo: boolean }) {
  return (
    <>
      <h2 className={own['heading']}>{say('brands.looks')}</h2>
      <CheckField
        label={say('brands.hasColor')}
        checked={draft.color !== null}
        onChange={(event) => onChange({ color: event.target.checked ? '#3050b0' : null })}
      />
      {draft.color !== null && (
        <TextField
          label={say('brands.color')}
          help={say('brands.colorHelp')}
          type="color"
          value={draft.color}
          error={errors['color']}
          onChange={(event) => onChange({ color: event.target.value })}
        />
      )}
      <TextField
        label={say('brands.logo')}
        help={say('brands.logoHelp')}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
        error={errors['logo']}
        onChange={(event) => onChange({ logo: chosen(event.target.files?.[0]) })}
      />
      {hasLogo && (
        <CheckField
          label={say('brands.noLogo')}
          checked={draft.logo === null}
          onChange={(event) => onChange({ logo: event.target.checked ? null : undefined })}
        />
      )}
    </>
  )
}

const chosen = (file: File | undefined) => file && { file, url: URL.createObjectURL(file) }

/** What stands at the foot of its pages. */
function Foot({ draft, errors, onChange }: PartProps) {
  const links = draft.footerLinks
  const put = (at: number, part: Partial<(typeof links)[number]>) =>
    onChange({ footerLinks: links.map((link, index) => (index === at ? { ...link, ...part } : link)) })
  return (
    <>
      <h2 className={own['heading']}>{say('brands.foot')}</h2>
      <TextArea
        label={say('brands.footer')}
        rows={2}
        maxLength={500}
        value={draft.footer}
        error={errors['footer']}
        onChange={(event) => onChange({ footer: event.target.value })}
      />
      {links.map((link, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a link has no name of its own
        <div key={at} className={own['link']}>
          <TextField
            label={say('brands.linkLabel')}
            value={link.label}
            maxLength={60}
            error={errors[`footerLinks.${at}.label`]}
            onChange={(event) => put(at, { label: event.target.value })}
          />
          <TextField
            label={say('brands.linkUrl')}
            type="url"
            value={link.url}
            placeholder="https://"
            error={errors[`footerLinks.${at}.url`]}
            onChange={(event) => put(at, { url: event.target.value })}
          />
          <Button
            weight="quiet"
            onClick={() => onChange({ footerLinks: links.filter((_, index) => index !== at) })}
          >
            {say('brands.dropLink')}
          </Button>
        </div>
      ))}
      {links.length < 8 && (
        <Button onClick={() => onChange({ footerLinks: [...links, { label: '', url: '' }] })}>
          {say('brands.addLink')}
        </Button>
      )}
    </>
  )
}
