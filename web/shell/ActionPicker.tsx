// The list that opens for a key such as `s` or `a`: it acts on the selection, else the open or focused ticket.
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { useQuestion } from '../parts/choices.tsx'
import { type Asked, clearSelection, desk, setDesk, useDesk } from '../state/desk-state.ts'
import { Modal } from '../parts/Modal.tsx'
import { PickList } from '../parts/PickList.tsx'
import { useStore } from '../state/store.ts'
import { knownTicket, pending } from '../wire/tickets.ts'
import { say } from '../words/say.ts'

export function ActionPicker() {
  const asked = useDesk((state) => state.ask)
  // Read again when a change is laid on top, so that ticks follow at once.
  useStore(pending, (map) => map)
  if (!asked) return null
  const tickets = asked.ids.flatMap((id) => knownTicket(id) ?? [])
  return <Asking key={asked.what} what={asked.what} tickets={tickets} ids={asked.ids} />
}

const close = () => setDesk({ ask: null })

type Props = { what: Asked; tickets: readonly Ticket[]; ids: readonly number[] }

function Asking({ what, tickets, ids }: Props) {
  const everything = useDesk((state) => state.everything)
  const question = useQuestion(what, tickets, ids)
  const done = () => {
    if (question.many) return
    close()
    if (desk.get().selection.size > 0) clearSelection()
  }
  const [first] = tickets
  const label =
    ids.length === 1 && first
      ? `${question.label} · #${first.id}`
      : `${question.label} · ${say('bulk.count', { count: everything?.total ?? ids.length })}`
  const { create } = question
  return (
    <Modal title={label} open onClose={close} shape="pick">
      <PickList
        label={label}
        choices={question.choices}
        chosen={question.chosen}
        onChoose={(id) => {
          question.choose(id)
          done()
        }}
        {...(create
          ? {
              onCreate: (text: string) => {
                create(text)
                done()
              },
            }
          : {})}
      />
    </Modal>
  )
}
