// The assistant: how far it may go by category, what it has learnt and how well, and the switch that ends it at once.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { AssistantOverview } from '../../../src/api/contract/assistant.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant, overviewQuery, setSwitch } from '../../assistant/wire.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { finePercent, number } from '../../parts/time.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { AssistantForm } from './AssistantForm.tsx'
import { AssistantVersions } from './AssistantVersions.tsx'

export function Assistant() {
  const query = useQuery(overviewQuery)
  return (
    <Page title={say('admin.assistant')} about={say('assistant.about')} changesOf="assistant">
      <Arrived query={query} rows={6} height={40}>
        {(data) => (
          <>
            <State data={data} />
            <Learnt data={data} />
            <Drafts drafts={data.drafts} />
            <AssistantForm key={data.live?.version ?? 0} data={data} />
            <AssistantVersions />
          </>
        )}
      </Arrived>
    </Page>
  )
}

function State({ data: { live, switches } }: { data: AssistantOverview }) {
  const mayWrite = useMay('assistant.write')
  const isOff = switches.some(({ scope }) => scope === 'desk')
  const turn = (off: boolean) =>
    void attempt(
      () => setSwitch('desk', off),
      say(off ? 'assistant.switchedOff' : 'assistant.switchedOn'),
      forgetAssistant,
    )
  return (
    <div className={styles['state']}>
      <strong>
        {isOff
          ? say('assistant.isSwitchedOff')
          : live === null
            ? say('assistant.isOff')
            : say('assistant.isLive', { version: live.version })}
      </strong>
      {mayWrite && live !== null && (
        <Button weight={isOff ? 'primary' : 'danger'} onClick={() => turn(!isOff)}>
          {say(isOff ? 'assistant.turnOn' : 'assistant.turnOff')}
        </Button>
      )}
      <Link to={'/admin/assistant-ladder' as '/admin'}>{say('admin.assistantLadder')}</Link>
      <Link to={'/admin/assistant-look-ups' as '/admin'}>{say('admin.assistantLookUps')}</Link>
      <Link to={'/admin/assistant-models' as '/admin'}>{say('admin.assistantModels')}</Link>
      <Link to={'/admin/assistant-procedures' as '/admin'}>{say('admin.assistantProcedures')}</Link>
      <Link to={'/admin/assistant-review' as '/admin'}>{say('admin.assistantReview')}</Link>
      <Link to={'/admin/assistant-runs' as '/admin'}>{say('admin.assistantRuns')}</Link>
      <Link to={'/admin/assistant-scenarios' as '/admin'}>{say('admin.assistantScenarios')}</Link>
      <Link to={'/admin/assistant-simulations' as '/admin'}>{say('admin.assistantSimulations')}</Link>
    </div>
  )
}

function Learnt({ data: { learnt, articles, alike } }: { data: AssistantOverview }) {
  return (
    <>
      <h2 className={styles['head']}>{say('assistant.learnt')}</h2>
      {learnt.length === 0 ? (
        <p>{say('assistant.learntNothing')}</p>
      ) : (
        <ScrollBox label={say('assistant.learnt')} className={admin['tableBox']}>
          <table className={admin['table']} data-numbers>
            <thead>
              <tr>
                <th scope="col">{say('assistant.field')}</th>
                <th scope="col" data-end>
                  {say('assistant.labels')}
                </th>
                <th scope="col" data-end>
                  {say('assistant.learntFrom')}
                </th>
                <th scope="col" data-end>
                  {say('assistant.accuracy')}
                </th>
                <th scope="col" data-end>
                  {say('assistant.sureOf')}
                </th>
              </tr>
            </thead>
            <tbody>
              {learnt.map(({ field, labels, learnt: from, tested, accuracy, sure }) => (
                <tr key={field}>
                  <td>{sayName('assistantField', field)}</td>
                  <td data-end>{number(labels)}</td>
                  <td data-end>{number(from)}</td>
                  <td data-end>
                    {accuracy === null
                      ? '–'
                      : `${finePercent(accuracy.value)} (${finePercent(accuracy.low)}–${finePercent(accuracy.high)}, n = ${number(tested)})`}
                  </td>
                  <td data-end>{tested === 0 ? '–' : finePercent(sure / tested)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      <p className={styles['help']}>
        {articles.languages.length === 0
          ? say('assistant.noArticles')
          : articles.languages
              .map(({ language, articles: count, sections }) =>
                say('assistant.reads', { language, count, sections }),
              )
              .join(' · ')}
      </p>
      {alike.offered > 0 && <p className={styles['help']}>{say('alike.counts', alike)}</p>}
    </>
  )
}

/** What people make of suggested answers: those who are new, and those who know the work. */
function Drafts({ drafts }: Pick<AssistantOverview, 'drafts'>) {
  const rows = (['newcomers', 'others'] as const).map((who) => ({ who, ...drafts[who] }))
  if (rows.every(({ accepted, edited, rejected }) => accepted + edited + rejected === 0)) return null
  return (
    <>
      <h2 className={styles['head']}>{say('drafts.made')}</h2>
      <ScrollBox label={say('drafts.made')} className={admin['tableBox']}>
        <table className={admin['table']} data-numbers>
          <thead>
            <tr>
              <th scope="col">{say('drafts.agents')}</th>
              {(['accepted', 'edited', 'rejected'] as const).map((use) => (
                <th key={use} scope="col" data-end>
                  {say(`drafts.${use}`)}
                </th>
              ))}
              <th scope="col" data-end>
                {say('drafts.changed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ who, accepted, edited, rejected, changed }) => (
              <tr key={who}>
                <td>{say(`drafts.${who}`)}</td>
                <td data-end>{number(accepted)}</td>
                <td data-end>{number(edited)}</td>
                <td data-end>{number(rejected)}</td>
                <td data-end>{changed === null ? '–' : finePercent(changed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}
