// Every mail that came in and what became of it; a mail from a file can be explained without keeping it.
import { Link } from '@tanstack/react-router'
import { type ChangeEvent, useRef, useState } from 'react'

import type { ListedMail, UnderstoodMail } from '../../../src/api/contract/safety.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { notify } from '../../state/toasts.ts'
import { sizeOf } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { became } from './became.ts'
import { Steps } from './UnderstoodMail.tsx'
import { usePages } from '../usePages.ts'

export function Mails() {
  const pages = usePages<ListedMail>('mails')
  const chooser = useRef<HTMLInputElement>(null)
  const [explained, setExplained] = useState<{ name: string; mail: UnderstoodMail } | null>(null)
  const explain = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    event.target.value = ''
    if (file === undefined) return
    try {
      setExplained({
        name: file.name,
        mail: await call<UnderstoodMail>('POST', '/mails/explain', {
          body: new Blob([file], { type: 'message/rfc822' }),
        }),
      })
    } catch (error) {
      notify({ kind: 'error', title: say('admin.failed'), detail: reasonOf(error) })
    }
  }
  return (
    <Page
      title={say('admin.mails')}
      about={say('mails.about')}
      action={
        <>
          <Button onClick={() => chooser.current?.click()}>{say('mails.drop')}</Button>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".eml,message/rfc822"
            title={say('mails.drop')}
            onChange={(event) => void explain(event)}
          />
        </>
      }
    >
      <DataTable
        label={say('admin.mails')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('mails.empty')}
        columns={[
          {
            name: say('quarantine.mail'),
            render: ({ id, from, subject }) => (
              <span className={styles['main2']}>
                <Link to="/admin/mails/$mailId" params={{ mailId: String(id) }}>
                  {subject || say('ticket.noSubject')}
                </Link>
                <span className={styles['excerpt']}>
                  {from?.name || from?.email || say('quarantine.noSender')}
                </span>
              </span>
            ),
          },
          { name: say('mails.became'), render: became },
          { name: say('mails.mailbox'), render: ({ mailbox }) => mailbox ?? '' },
          { name: say('mails.source'), narrow: true, render: ({ source }) => source },
          { name: say('mails.size'), narrow: true, render: ({ size }) => sizeOf(size) },
          {
            name: say('mails.arrived'),
            narrow: true,
            render: ({ receivedAt }) => <Age at={receivedAt} bare />,
          },
        ]}
      />
      {explained && (
        <Modal title={explained.name} open shape="wide" onClose={() => setExplained(null)}>
          <Steps mail={explained.mail} />
        </Modal>
      )}
    </Page>
  )
}
