// Brands: how the desk looks to its customers, one line each.
import { Link, useNavigate } from '@tanstack/react-router'

import type { Brand } from '../../../src/api/contract/forms.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import forms from '../forms/forms.module.css'
import { DataTable, Page } from '../Page.tsx'
import { usePages } from '../usePages.ts'

export function Brands() {
  const pages = usePages<Brand>('brands')
  const navigate = useNavigate()
  return (
    <Page
      title={say('admin.brands')}
      about={say('brands.about')}
      changesOf="brand"
      action={
        <Button
          weight="primary"
          onClick={() => void navigate({ to: '/admin/brands/$brandId', params: { brandId: 'new' } })}
        >
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
            render: ({ id, name, logoUrl, color }) => (
              <span className={forms['brand']}>
                {logoUrl ? <img src={logoUrl} alt="" /> : <Swatch color={color} />}
                <Link to="/admin/brands/$brandId" params={{ brandId: String(id) }}>
                  {name}
                </Link>
              </span>
            ),
          },
          {
            name: say('brands.from'),
            render: ({ fromName, mailbox }) => fromName || mailbox?.address || '–',
          },
        ]}
      />
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
