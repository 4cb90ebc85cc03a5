// How one mail was understood, step by step: what it says, who speaks, which ticket, what kind, what is new in it.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { UnderstoodMail as Understood } from '../../../src/api/contract/safety.ts'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { decimal, sizeOf } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import mail from './mail.module.css'
import { became } from './became.ts'
import { Page } from '../Page.tsx'

export function UnderstoodMail() {
  const { mailId } = useParams({ strict: false })
  const { data, error } = useQuery({
    queryKey: ['mails', 'one', mailId],
    queryFn: () => call<Understood>('GET', `/mails/${mailId}`),
  })
  return (
    <Page
      title={say('mails.mail', { id: mailId ?? '' })}
      about={data === undefined ? '' : became(data)}
      action={<Link to="/admin/mails">{say('admin.mails')}</Link>}
    >
      {data ? (
        <Steps mail={data} />
      ) : error ? (
        <Empty title={say('list.failed')}>
          <p>{reasonOf(error)}</p>
        </Empty>
      ) : (
        <Skeleton rows={8} height={40} />
      )}
    </Page>
  )
}

type Facts = ReadonlyArray<readonly [name: string, value: ReactNode]>

function Step({ title, facts, children }: { title: string; facts: Facts; children?: ReactNode }) {
  return (
    <section className={mail['section']} aria-label={title}>
      <h2>{title}</h2>
      <dl className={mail['facts']}>
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {children}
    </section>
  )
}

const party = ({ name, email }: { name: string; email: string }) =>
  name === '' ? email : `${name} <${email}>`

/** The five steps. */
export function Steps({ mail: found }: { mail: Understood }) {
  if (found.failure !== null)
    return (
      <Empty title={say('reason.unparseable')}>
        <p>{found.failure}</p>
      </Empty>
    )
  return (
    <div className={mail['steps']}>
      <ParseStep found={found} />
      <IdentityStep found={found} />
      <ThreadStep found={found} />
      <JudgeStep found={found} />
      <QuoteStep found={found} />
    </div>
  )
}

function ParseStep({ found: { parse, envelope } }: { found: Understood }) {
  if (parse === null) return null
  const came = [envelope.from === '' ? '<>' : envelope.from, envelope.remoteAddress]
    .filter(Boolean)
    .join(' · ')
  return (
    <Step
      title={say('understood.parse')}
      facts={[
        [say('mail.from'), parse.from === null ? say('understood.none') : party(parse.from)],
        [say('readers.to'), parse.to.map(party).join(', ')],
        ['Cc', parse.cc.map(party).join(', ')],
        [say('understood.subject'), parse.subject],
        ['Message-ID', parse.messageId],
        ['In-Reply-To', parse.inReplyTo],
        ['References', parse.references.join(' ')],
        [say('understood.envelope'), [came, envelope.to.join(', ')].filter(Boolean).join(' → ')],
        [
          say('understood.attachments'),
          parse.attachments.map(({ name, type, size }) => `${name} (${type}, ${sizeOf(size)})`).join(', '),
        ],
        [say('understood.problems'), parse.problems.join('; ')],
      ]}
    >
      <details>
        <summary>{say('understood.headers')}</summary>
        <pre className={mail['text']}>
          {parse.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
        </pre>
      </details>
    </Step>
  )
}

function IdentityStep({ found: { identity } }: { found: Understood }) {
  if (identity === null) return null
  const { spf, dkim, dmarc, arc, spfDomain, dkimDomain, policy } = identity.authentication
  return (
    <Step
      title={say('understood.identity')}
      facts={[
        [say('understood.author'), identity.author ?? say('understood.none')],
        ['', say(`understood.check.${identity.check}`)],
        ['SPF', [spf, spfDomain].filter(Boolean).join(' · ')],
        ['DKIM', [dkim, dkimDomain].filter(Boolean).join(' · ')],
        ['DMARC', `${dmarc} · p=${policy}`],
        ['ARC', arc],
        [
          say('safety.senders'),
          identity.listed === null ? null : say(`understood.listed.${identity.listed}`),
        ],
      ]}
    />
  )
}

function ThreadStep({ found: { thread } }: { found: Understood }) {
  if (thread === null) return null
  const { ticketId, by, role, subjectNumber } = thread
  return (
    <Step title={say('understood.thread')} facts={[]}>
      {ticketId === null || by === null ? (
        <p>{say('understood.noReference')}</p>
      ) : (
        <p>
          {say('understood.toTicket', { id: ticketId, by: say(`understood.by.${by}`) })}{' '}
          {say(role === null ? 'understood.role.none' : `understood.role.${role}`)}
        </p>
      )}
      {subjectNumber !== null && <p>{say('understood.subjectNumber', { id: subjectNumber })}</p>}
    </Step>
  )
}

function JudgeStep({ found: { judge } }: { found: Understood }) {
  if (judge === null) return null
  return (
    <Step
      title={say('understood.judge')}
      facts={[
        [say('understood.kind'), `${judge.kind}: ${judge.reason}`],
        [
          say('understood.autoReply'),
          say(judge.mayAutoReply ? 'understood.autoReply.yes' : 'understood.autoReply.no'),
        ],
        [
          say('understood.points'),
          [
            decimal(judge.score, 1),
            ...judge.points.map(
              ({ name, points, detail }) =>
                `${sayName('points', name)} (${points}${detail === '' ? '' : `, ${detail}`})`,
            ),
          ].join(' · '),
        ],
      ]}
    >
      {judge.hold !== null && (
        <p>
          {say('understood.wouldHold', { reason: sayName('reason', judge.hold.reason) })} {judge.hold.detail}
        </p>
      )}
    </Step>
  )
}

function QuoteStep({ found: { quote } }: { found: Understood }) {
  if (quote === null) return null
  return (
    <Step
      title={say('understood.quote')}
      facts={[
        [say('understood.original'), quote.originalSender === null ? null : party(quote.originalSender)],
      ]}
    >
      <pre className={mail['text']} dir="auto">
        {quote.visibleText}
      </pre>
      {quote.signature !== null && (
        <details>
          <summary>{say('understood.signature')}</summary>
          <pre className={mail['text']}>{quote.signature}</pre>
        </details>
      )}
      {quote.quotedText !== '' && (
        <details>
          <summary>{say('understood.quoted')}</summary>
          <pre className={mail['text']}>{quote.quotedText}</pre>
        </details>
      )}
    </Step>
  )
}
