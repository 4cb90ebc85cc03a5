// Signing in: which roles must have a second factor, and how long an account may go on without.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent } from 'react'

import type { SignInPolicy as Policy, SignInPolicyPut } from '../../src/api/contract/account.ts'
import { roles, type Role } from '../../src/people/role.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, TextField } from '../parts/Form.tsx'
import { dayAndTime } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { meQuery } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { Page } from './Page.tsx'
import { useSave } from './saving.ts'

const policyQuery = { queryKey: ['sign-in-policy'], queryFn: () => call<Policy>('GET', '/sign-in-policy') }

export function SignInPolicy() {
  const query = useQuery(policyQuery)
  return (
    <Page title={say('admin.signIn')} about={say('signInPolicy.about')} changesOf="sign_in_policy">
      <Arrived query={query} rows={4} height={64}>
        {(policy) => <Form policy={policy} />}
      </Arrived>
    </Page>
  )
}

function Form({ policy }: { policy: Policy }) {
  const { save, busy, general } = useSave(() => {
    void client.invalidateQueries({ queryKey: policyQuery.queryKey })
    void client.invalidateQueries({ queryKey: meQuery.queryKey })
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const required = form
      .getAll('role')
      .map((role) => ({ role: role as Role, graceDays: Number(form.get(`days-${String(role)}`)) }))
    const body: SignInPolicyPut = { required }
    void save(() => call('PUT', '/sign-in-policy', { body }), say('signInPolicy.saved'))
  }
  return (
    <form className={styles['form']} onSubmit={submit}>
      <FormProblem text={general} />
      {roles.map((role) => {
        const rule = policy.required.find((each) => each.role === role)
        const name = say(`roleName.${role}`)
        return (
          <fieldset key={role} className={styles['checks']}>
            <legend>{name}</legend>
            <CheckField
              label={say('signInPolicy.required', { role: name })}
              help={rule && say('signInPolicy.since', { when: dayAndTime(rule.since) })}
              name="role"
              value={role}
              defaultChecked={rule !== undefined}
            />
            <TextField
              label={say('signInPolicy.grace')}
              name={`days-${role}`}
              type="number"
              min={0}
              max={90}
              required
              defaultValue={rule?.graceDays ?? 14}
            />
          </fieldset>
        )
      })}
      <Button weight="primary" type="submit" disabled={busy}>
        {say('action.save')}
      </Button>
    </form>
  )
}
