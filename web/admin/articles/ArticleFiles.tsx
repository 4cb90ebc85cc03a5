// Pictures and files of an article: chosen, pasted or dropped, sent to the desk at once, and put where the caret is. A picture is put in
// when somebody has said what it shows.
import { Paperclip } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'

import type { ArticleFile } from '../../../src/api/contract/articles.ts'
import type { EditorApi, Image } from '../../editor/view.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import own from './articles.module.css'

const MOST_BYTES = 25_000_000
/** A picture that waits for its words, and what becomes of it then. */
type Asked = { readonly image: Image; readonly put: (alt: string) => void }

export function useArticleFiles(api: () => EditorApi | null) {
  const [sending, setSending] = useState(0)
  const [problems, setProblems] = useState<readonly string[]>([])
  const [asked, setAsked] = useState<readonly Asked[]>([])
  const ask = (image: Image, put: (alt: string) => void) => setAsked((now) => [...now, { image, put }])
  const take = async (file: File) => {
    const found = await upload(file)
    if (!found.isPicture) return api()?.insert(linkTo(found))
    const image = { src: found.url, alt: '', ...(await measured(file)) }
    ask(image, (alt) => api()?.image({ ...image, alt }))
  }
  const onFiles = (files: readonly File[]) => {
    setProblems([])
    for (const file of files) {
      const name = file.name || say('files.unnamed')
      if (file.size === 0 || file.size > MOST_BYTES) {
        setProblems((now) => [
          ...now,
          say(file.size === 0 ? 'articleFiles.empty' : 'articleFiles.large', { name }),
        ])
        continue
      }
      setSending((now) => now + 1)
      void take(file)
        .catch((error: unknown) =>
          setProblems((now) => [...now, say('articleFiles.failed', { name, reason: reasonOf(error) })]),
        )
        .finally(() => setSending((now) => now - 1))
    }
  }
  return {
    sending,
    problems,
    asked: asked[0] ?? null,
    ask,
    onFiles,
    done: () => setAsked((now) => now.slice(1)),
  }
}

type Files = ReturnType<typeof useArticleFiles>

/** The button, how it goes, and the question what a picture shows. */
export function ArticleFiles({ files }: { files: Files }) {
  const input = useRef<HTMLInputElement>(null)
  const { sending, problems, asked, onFiles, done } = files
  return (
    <div className={own['files']}>
      <Button onClick={() => input.current?.click()}>
        <Paperclip size={14} aria-hidden /> {say('articleFiles.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={say('articleFiles.choose')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
      <span role="status">{sending > 0 && say('files.uploading', { count: sending })}</span>
      <FormProblem text={problems.length === 0 ? null : problems.join(' ')} />
      {asked && <AskAlt key={asked.image.src} asked={asked} onDone={done} />}
    </div>
  )
}

function AskAlt({ asked: { image, put }, onDone }: { asked: Asked; onDone: () => void }) {
  const [alt, setAlt] = useState(image.alt)
  const [isPlain, setPlain] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    put(isPlain ? '' : alt.trim())
    onDone()
  }
  return (
    <Modal title={say('articleFiles.shows')} open onClose={onDone}>
      <form className={own['askAlt']} onSubmit={submit}>
        <img src={image.src} alt="" />
        <TextField
          label={say('articleFiles.alt')}
          value={alt}
          maxLength={300}
          required={!isPlain}
          disabled={isPlain}
          onChange={({ target }) => setAlt(target.value)}
        />
        <p>{say('articleFiles.altHelp')}</p>
        <label>
          <input type="checkbox" checked={isPlain} onChange={({ target }) => setPlain(target.checked)} />{' '}
          {say('articleFiles.plain')}
        </label>
        <Button weight="primary" type="submit">
          {say('articleFiles.put')}
        </Button>
      </form>
    </Modal>
  )
}

async function upload(file: File): Promise<ArticleFile> {
  const form = new FormData()
  form.set('file', file, file.name || say('files.unnamed'))
  return call<ArticleFile>('POST', '/articles/files', { body: form })
}

/** How large it is, so that its place is kept before it has come. */
async function measured(file: File): Promise<{ width: number | null; height: number | null }> {
  const found = await createImageBitmap(file).catch(() => null)
  return { width: found?.width ?? null, height: found?.height ?? null }
}

/** A link with the file's name, in a paragraph of its own. */
function linkTo({ url, name }: ArticleFile): string {
  const link = document.createElement('a')
  link.setAttribute('href', url)
  link.textContent = name
  return `<p>${link.outerHTML}</p><p></p>`
}
