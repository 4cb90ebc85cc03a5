// A text that is there to be copied, such as an address to enter elsewhere.
import { Button } from '../parts/Button.tsx'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import styles from './parts.module.css'

export function Copied({ text }: { text: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    notify({ title: say('secret.copied') })
  }
  return (
    <div className={styles['copied']}>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Button onClick={() => void copy()}>{say('widgets.copy')}</Button>
    </div>
  )
}
