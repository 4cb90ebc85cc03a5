// What a macro says: one text for everybody, others for who speaks another language, and the files that go with it.
import { File, X } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'

import type { Macro, MacroFile } from '../../src/api/contract/macros.ts'
import type { Attachment } from '../../src/api/contract/messages.ts'
import { variables } from '../../src/api/contract/variables.ts'
import { Editor } from '../editor/lazy.ts'
import type { Suggestions } from '../editor/SuggestList.tsx'
import { Button, IconButton } from '../parts/Button.tsx'
import { SelectField } from '../parts/Form.tsx'
import { languageName, sizeOf } from '../parts/time.ts'
import { AttachButton } from '../ticket/composer/AttachButton.tsx'
import { upload } from '../ticket/composer/send.ts'
import { notify } from '../state/toasts.ts'
import { reasonOf } from '../wire/call.ts'
import { useFields } from '../wire/desk.ts'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { offered } from './articles/languages.ts'
import own from './macros.module.css'

/** The texts by language; under '' the one that all others get. */
export type Texts = Readonly<Record<string, string>>

export const textsOf = (macro: Macro | null): Texts => ({
  '': macro?.message?.body ?? '',
  ...macro?.message?.texts,
})

type TextProps = { texts: Texts; kind: 'reply' | 'note'; onChange: (texts: Texts) => void }

export function MacroTexts({ texts, kind, onChange }: TextProps) {
  const [at, setAt] = useState('')
  const suggestions = useVariables()
  const languages = Object.keys(texts).filter(Boolean).toSorted()
  const nameOf = (language: string) =>
    language !== '' ? languageName(language) : say(languages.length === 0 ? 'macros.text' : 'macros.textElse')
  return (
    <>
      <div className={`${styles['filters']} ${own['languages']}`}>
        {['', ...languages].map((language) => (
          <Button key={language} aria-pressed={language === at} onClick={() => setAt(language)}>
            {nameOf(language)}
          </Button>
        ))}
        {at !== '' && (
          <Button
            weight="quiet"
            onClick={() => {
              const { [at]: _, ...rest } = texts
              onChange(rest)
              setAt('')
            }}
          >
            {say('macros.textRemove', { language: languageName(at) })}
          </Button>
        )}
        <span className={own['another']}>
          <SelectField
            label={say('macros.textAdd')}
            value=""
            onChange={({ target: { value } }) => {
              onChange({ ...texts, [value]: '' })
              setAt(value)
            }}
            options={[
              { value: '', label: say('macros.textChoose') },
              ...offered
                .filter((each) => !languages.includes(each))
                .map((value) => ({ value, label: languageName(value) })),
            ]}
          />
        </span>
      </div>
      <div className={styles['editorBox']} data-mode={kind}>
        <Suspense>
          <Editor
            key={at}
            label={nameOf(at)}
            placeholder={say('macros.textHint')}
            html={texts[at] ?? ''}
            suggestions={suggestions}
            urlOf={() => ''}
            onChange={(body) => onChange({ ...texts, [at]: body })}
          />
        </Suspense>
      </div>
    </>
  )
}

/** Variables stand in the text as they are: their values come from the ticket the macro is applied to. */
function useVariables(): Suggestions {
  const fields = useFields()
  return useMemo(
    () => ({
      variable: [
        ...variables.map((name) => ({ name, label: sayName('variable', name) })),
        ...fields.map(({ key, label }) => ({ name: `field.${key}`, label })),
      ].map(({ name, label }) => ({
        id: name,
        label,
        hint: `{{${name}}}`,
        choose: async () => ({ html: `<p>{{${name}}}</p>` }),
      })),
    }),
    [fields],
  )
}

export type Files = { readonly kept: readonly MacroFile[]; readonly fresh: readonly Attachment[] }

type FilesProps = {
  macroId: number | null
  files: Files
  onChange: (change: (now: Files) => Files) => void
  /** So many more are on their way, or have ended theirs. */
  onUploading: (more: number) => void
  uploading: number
}

export function MacroFiles({
  macroId,
  files: { kept, fresh },
  onChange,
  onUploading,
  uploading,
}: FilesProps) {
  const attach = async (files: readonly File[]) => {
    onUploading(files.length)
    for (const file of files) {
      try {
        const stored = await upload(file)
        onChange((now) => ({ ...now, fresh: [...now.fresh, stored] }))
      } catch (error) {
        notify({ kind: 'error', title: say('files.failed', { name: file.name }), detail: reasonOf(error) })
      } finally {
        onUploading(-1)
      }
    }
  }
  return (
    <div className={own['files']}>
      <AttachButton onFiles={(files) => void attach(files)} />
      {kept.length + fresh.length + uploading === 0 && (
        <span className={styles['muted']}>{say('macros.files')}</span>
      )}
      <ul aria-label={say('files.name')}>
        {kept.map((file) => (
          <FileRow
            key={file.sha256}
            file={file}
            url={`/api/v1/macros/${macroId}/files/${file.sha256}`}
            onRemove={() => onChange((now) => ({ ...now, kept: now.kept.filter((each) => each !== file) }))}
          />
        ))}
        {fresh.map((file) => (
          <FileRow
            key={file.id}
            file={file}
            url={file.url}
            onRemove={() => onChange((now) => ({ ...now, fresh: now.fresh.filter((each) => each !== file) }))}
          />
        ))}
      </ul>
      {uploading > 0 && <span role="status">{say('files.uploading', { count: uploading })}</span>}
    </div>
  )
}

type RowProps = { file: { name: string; size: number }; url: string; onRemove: () => void }

function FileRow({ file: { name, size }, url, onRemove }: RowProps) {
  return (
    <li>
      <File size={14} aria-hidden />
      <a href={url} download={name}>
        {name}
      </a>
      <span className={styles['muted']}>{sizeOf(size)}</span>
      <IconButton label={say('files.remove', { name })} onClick={onRemove}>
        <X size={12} aria-hidden />
      </IconButton>
    </li>
  )
}
