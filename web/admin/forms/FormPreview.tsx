// A form as a customer will see it, while it is being put together. Nothing in it can be filled in.
import type { Brand, NewForm, Question } from '../../../src/api/contract/forms.ts'
import { say } from '../../words/say.ts'
import { useFields } from '../../wire/desk.ts'
import styles from './forms.module.css'
import { useAskName } from '../ask-name.ts'

type Props = { draft: Omit<NewForm, 'questions'> & { questions: readonly Question[] }; brand: Brand | null }

export function FormPreview({ draft, brand }: Props) {
  return (
    <section className={styles['preview']} aria-label={say('forms.preview')}>
      <h2>{say('forms.preview')}</h2>
      <div className={styles['paper']} inert>
        {brand?.logoUrl && <img src={brand.logoUrl} alt="" className={styles['logo']} />}
        <p className={styles['paperTitle']}>{draft.title || say('forms.title')}</p>
        <p>{draft.intro}</p>
        {draft.questions.map((question) => (
          <Line key={question.ask} {...question} />
        ))}
        {draft.files && (
          <div className={styles['paperLine']}>
            <p className={styles['paperLabel']}>{say('forms.filesShort')}</p>
            <input type="file" tabIndex={-1} aria-label={say('forms.filesShort')} />
          </div>
        )}
        <span
          className={styles['paperButton']}
          style={brand?.color ? { background: brand.color } : undefined}
        >
          {say('forms.send')}
        </span>
      </div>
    </section>
  )
}

function Line({ ask, label, help, required, when }: Question) {
  const nameOf = useAskName()
  const field = useFields().find(({ key }) => `field.${key}` === ask)
  const tall = ask === 'message' || field?.type === 'long_text'
  const isNeeded = required || ask === 'email' || ask === 'message'
  return (
    <div className={styles['paperLine']}>
      <p className={styles['paperLabel']}>
        {label ?? nameOf(ask)} {!isNeeded && <small>({say('forms.optional')})</small>}
      </p>
      {(help ?? field?.help) && <small>{help ?? field?.help}</small>}
      {when && (
        <small>
          {say(when.makes === 'shown' ? 'forms.shownWhen' : 'forms.requiredWhen', {
            name: nameOf(when.ask),
            answers: when.is.map((answer) => (answer === 'on' ? say('forms.ticked') : answer)).join(', '),
          })}
        </small>
      )}
      <span className={styles['paperBox']} data-tall={tall || undefined}>
        {field?.options.length ? field.options.slice(0, 3).join(' · ') : ''}
      </span>
    </div>
  )
}
