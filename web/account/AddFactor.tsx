// What is left when the days are over in which an account may go on without the second factor that its role needs.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'

import { Button } from '../parts/Button.tsx'
import { Gate } from '../parts/Gate.tsx'
import { meQuery, signOut } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { Factors } from './Factors.tsx'

export function AddFactor() {
  const { data: me } = useQuery(meQuery)
  const navigate = useNavigate()
  useEffect(() => {
    document.title = say('addFactor.title')
  }, [])
  useEffect(() => {
    if (me === null) void navigate({ to: '/sign-in' })
  }, [me, navigate])
  return (
    <Gate title={say('addFactor.title')}>
      <p>{say('addFactor.lead')}</p>
      <Factors onAdded={() => void navigate({ to: '/' })} />
      {me?.mustAddFactor === false && <Link to="/">{say('page.home')}</Link>}
      <Button weight="quiet" onClick={() => void signOut()}>
        {say('addFactor.signOut')}
      </Button>
    </Gate>
  )
}
