// Sections: what the help center lists its articles under, in the order that its readers see.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type FormEvent, useState } from 'react'

import type { NewSection, Section, SectionPatch } from '../../../src/api/contract/sections.ts'
import { Button, IconButton } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { languageName } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { offered, ownLanguage } from './languages.ts'
import { brandsQuery, nameIn, optionsOf } from './sections.ts'
import { reloadArticles } from './write.ts'

type Editing = { section: Section | null; parentId: number | null; brand: number }

export function Sections() {
  const pages = usePages<Section>('sections')
  const brands = useQuery(brandsQuery).data?.items ?? []
  const [editing, setEditing] = useState<Editing | null>(null)
  const reload = () => {
    pages.reload()
    void reloadArticles()
  }
  const change = (section: Section, body: SectionPatch, word: string | null) =>
    void attempt(() => call('PATCH', `/sections/${section.id}`, { body }), word, reload)
  const first = brands[0]?.id
  return (
    <Page
      title={say('admin.sections')}
      about={say('sections.about')}
      changesOf="section"
      action={
        <Button
          weight="primary"
          disabled={first === undefined}
          onClick={() => first && setEditing({ section: null, parentId: null, brand: first })}
        >
          {say('sections.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.sections')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('sections.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('field.name'),
            render: (section) => <Name section={section} brands={brands.length > 1 ? brands : []} />,
          },
          {
            name: say('admin.articles'),
            narrow: true,
            render: ({ id, articles }) => (
              <Link to="/admin/articles" search={{ section: id }}>
                {articles}
              </Link>
            ),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (section) => (
              <RowActions
                section={section}
                beside={pages.items.filter(
                  ({ brand, parentId }) => brand === section.brand && parentId === section.parentId,
                )}
                onPlace={(place) => change(section, { place }, null)}
                onArchive={() =>
                  change(
                    section,
                    { archived: !section.archived },
                    say(section.archived ? 'admin.restored' : 'admin.archived', {
                      name: nameIn(section, ownLanguage()),
                    }),
                  )
                }
                onEdit={setEditing}
              />
            ),
          },
        ]}
      />
      {editing && (
        <SectionForm
          {...editing}
          all={pages.items}
          brands={brands}
          onClose={() => {
            setEditing(null)
            reload()
          }}
        />
      )}
    </Page>
  )
}

type NameProps = { section: Section; brands: readonly { id: number; name: string }[] }

/** Its name as deep as it lies, with its brand and its names in other languages. */
function Name({ section, brands }: NameProps) {
  const shown = nameIn(section, ownLanguage())
  const others = Object.entries(section.names)
    .filter(([, name]) => name !== shown)
    .map(([language, name]) => `${languageName(language)}: ${name}`)
  const about = [brands.find(({ id }) => id === section.brand)?.name, ...others].filter(Boolean).join(' · ')
  return (
    <div className={styles['indent']} style={{ '--depth': section.level } as object}>
      <span className={styles['main2']}>
        <span className={styles['strong']}>{shown}</span>
        {about !== '' && <span className={styles['muted']}>{about}</span>}
      </span>
    </div>
  )
}

type RowProps = {
  section: Section
  beside: readonly Section[]
  onPlace: (place: number) => void
  onArchive: () => void
  onEdit: (editing: Editing) => void
}

function RowActions({ section, beside, onPlace, onArchive, onEdit }: RowProps) {
  const place = beside.findIndex(({ id }) => id === section.id)
  const name = nameIn(section, ownLanguage())
  return (
    <span className={styles['buttons']}>
      <IconButton label={say('forms.up', { name })} disabled={place === 0} onClick={() => onPlace(place - 1)}>
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={say('forms.down', { name })}
        disabled={place === beside.length - 1}
        onClick={() => onPlace(place + 1)}
      >
        <ArrowDown size={16} aria-hidden />
      </IconButton>
      {section.level < 3 && !section.archived && (
        <Button
          weight="quiet"
          onClick={() => onEdit({ section: null, parentId: section.id, brand: section.brand })}
        >
          {say('sections.addUnder')}
        </Button>
      )}
      <Button
        weight="quiet"
        onClick={() => onEdit({ section, parentId: section.parentId, brand: section.brand })}
      >
        {say('action.edit')}
      </Button>
      <Button weight="quiet" onClick={onArchive}>
        {say(section.archived ? 'action.restore' : 'action.archive')}
      </Button>
    </span>
  )
}

type FormProps = Editing & {
  all: readonly Section[]
  brands: readonly Parameters<typeof optionsOf>[2][number][]
  onClose: () => void
}

/** Its name in each language that it has one in, and one more. */
function SectionForm({ section, parentId, brand: given, all, brands, onClose }: FormProps) {
  const { save, busy, errors, general } = useSave(onClose)
  const [brand, setBrand] = useState(given)
  const [languages, setLanguages] = useState(() =>
    section === null ? [ownLanguage()] : Object.keys(section.names),
  )
  const isBelow = ({ id }: Section, at: Section): boolean =>
    at.id === id || all.some((each) => each.id === at.parentId && isBelow({ id } as Section, each))
  const parents = all.filter(
    (each) =>
      each.brand === brand &&
      each.level < 3 &&
      !each.archived &&
      (section === null || !isBelow(section, each)),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const named = languages.map((language) => [language, text(`name-${language}`)] as const)
    const names = Object.fromEntries(named.filter(([, name]) => name !== ''))
    const parent = text('parentId') === '' ? null : Number(text('parentId'))
    const work = () =>
      section
        ? call('PATCH', `/sections/${section.id}`, {
            body: { names, parentId: parent } satisfies SectionPatch,
          })
        : call('POST', '/sections', { body: { brand, names, parentId: parent } satisfies NewSection })
    void save(work, say(section ? 'admin.saved' : 'admin.added', { name: Object.values(names)[0] ?? '' }))
  }
  const others = offered.filter((language) => !languages.includes(language))
  return (
    <Modal
      title={section ? say('sections.edit', { name: nameIn(section, ownLanguage()) }) : say('sections.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="section" disabled={busy}>
            {say(section ? 'action.save' : 'sections.add')}
          </Button>
        </>
      }
    >
      <form id="section" onSubmit={submit}>
        <FormProblem text={general} />
        {languages.map((language, index) => (
          <TextField
            key={language}
            label={say('sections.nameIn', { language: languageName(language) })}
            name={`name-${language}`}
            lang={language}
            maxLength={100}
            required={languages.length === 1}
            defaultValue={section?.names[language]}
            error={index === 0 ? errors['names'] : undefined}
          />
        ))}
        <SelectField
          label={say('sections.addLanguage')}
          value=""
          onChange={(event) => setLanguages([...languages, event.target.value])}
          options={[
            { value: '', label: say('sections.chooseLanguage') },
            ...others.map((value) => ({ value, label: languageName(value) })),
          ]}
        />
        {section === null && parentId === null && brands.length > 1 && (
          <SelectField
            label={say('sections.brand')}
            value={brand}
            onChange={(event) => setBrand(Number(event.target.value))}
            options={brands.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
        <SelectField
          key={brand}
          label={say('sections.parent')}
          name="parentId"
          defaultValue={parentId ?? ''}
          error={errors['parentId']}
          options={[{ value: '', label: say('sections.top') }, ...optionsOf(parents, ownLanguage(), [])]}
        />
      </form>
    </Modal>
  )
}
