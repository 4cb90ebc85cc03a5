// Choosing a macro by name (`m`): its text goes into the draft with its changes; one without a text is applied at once.
import { useState } from 'react'

import type { Macro } from '../../../src/api/contract/macros.ts'
import type { MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Modal } from '../../parts/Modal.tsx'
import { PickList } from '../../parts/PickList.tsx'
import { notify } from '../../state/toasts.ts'
import { tellUndoable, undoUpdates } from '../../wire/undo.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { useMacros } from '../../wire/macros.ts'
import { keepTicket } from '../../wire/tickets.ts'
import { say } from '../../words/say.ts'
import styles from '../composer/composer.module.css'
import { bringFiles, MacroLook, stage, textOfMacro } from '../composer/useSuggestions.tsx'

type Props = { ticket: Ticket; onText: (kind: MessageKind, html: string) => void; onClose: () => void }

export function MacroDialog({ ticket, onText, onClose }: Props) {
  const macros = useMacros()
  const [at, setAt] = useState<Macro | null>(null)
  const shown = at ?? macros[0] ?? null
  const choose = async (id: string) => {
    const macro = macros.find((each) => String(each.id) === id)
    if (!macro) return
    onClose()
    if (macro.message === null) return apply(macro, ticket)
    const html = await textOfMacro(macro, ticket)
    if (html === null) return
    stage(macro, ticket.id, macro.message.kind)
    void bringFiles(macro, ticket.id, macro.message.kind)
    onText(macro.message.kind, html)
  }
  return (
    <Modal title={say('macro.title')} open onClose={onClose} shape="pick">
      <div className={styles['macros']}>
        <PickList
          label={say('macro.title')}
          choices={macros.map(({ id, name, scope, folder }) => ({
            id: String(id),
            label: name,
            hint:
              [folder.replaceAll('/', ' / '), scope === 'shared' ? '' : say(`macroScope.${scope}`)]
                .filter(Boolean)
                .join(' · ') || undefined,
          }))}
          empty={say('macro.none')}
          onActive={(id) => setAt(macros.find((each) => String(each.id) === id) ?? null)}
          onChoose={(id) => void choose(id)}
        />
        {shown && (
          <div className={styles['look']}>
            <MacroLook macro={shown} ticket={ticket} />
          </div>
        )}
      </div>
    </Modal>
  )
}

async function apply(macro: Macro, ticket: Ticket): Promise<void> {
  try {
    const after = await call<Ticket>('POST', `/macros/${macro.id}/apply`, {
      body: { ticketId: ticket.id, expectedSeq: ticket.seq },
    })
    keepTicket(after)
    void client.invalidateQueries({ queryKey: ['events', ticket.id] })
    const title = say('macro.applied', { name: macro.name })
    if (after.seq === ticket.seq) notify({ title })
    else tellUndoable(title, () => undoUpdates([{ id: ticket.id, seq: after.seq }], title))
  } catch (error) {
    notify({ kind: 'error', title: say('macro.failed', { name: macro.name }), detail: reasonOf(error) })
  }
}
