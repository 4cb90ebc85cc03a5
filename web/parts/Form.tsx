// Labelled form fields. An error belongs to its field, in the server's words.
import { type ComponentProps, type ReactNode, useId } from 'react'

import styles from './form.module.css'

type Common = { label: string; help?: string | undefined; error?: string | undefined }

function Frame({ id, label, help, error, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={styles['field']} data-invalid={error ? true : undefined}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      {children}
      {help && (
        <p id={`${id}-help`} className={styles['help']}>
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles['error']} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

function described(id: string, { help, error }: Common) {
  const ids = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined } as const
}

export function TextField({ label, help, error, ...rest }: Common & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <input {...rest} id={id} className={styles['input']} {...described(id, { label, help, error })} />
    </Frame>
  )
}

export function TextArea({ label, help, error, ...rest }: Common & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <textarea
        rows={4}
        {...rest}
        id={id}
        className={styles['input']}
        {...described(id, { label, help, error })}
      />
    </Frame>
  )
}

type SelectProps = Common &
  ComponentProps<'select'> & { options: ReadonlyArray<{ value: string; label: string }> }

export function SelectField({ label, help, error, options, ...rest }: SelectProps) {
  const id = useId()
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <select {...rest} id={id} className={styles['input']} {...described(id, { label, help, error })}>
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  )
}

export function CheckField({ label, help, error, ...rest }: Common & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className={styles['check']}>
      <input type="checkbox" {...rest} id={id} {...described(id, { label, help, error })} />
      <label htmlFor={id}>{label}</label>
      {help && (
        <p id={`${id}-help`} className={styles['help']}>
          {help}
        </p>
      )}
    </div>
  )
}

/** What went wrong with the form as a whole. */
export function FormProblem({ text }: { text: string | null | undefined }) {
  return (
    <p role="alert" className={text ? styles['problem'] : 'unseen'}>
      {text}
    </p>
  )
}
