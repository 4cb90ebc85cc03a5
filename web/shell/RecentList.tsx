// The tickets opened last, the newest first and the one at hand left out: `g r` and Enter go back to where one was.
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { setDesk, useDesk } from '../state/desk-state.ts'
import { StatusMark } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { PickList } from '../parts/PickList.tsx'
import { recent } from '../state/recent.ts'
import { useStore } from '../state/store.ts'
import { ticketQuery } from '../wire/tickets.ts'
import { say } from '../words/say.ts'

const close = () => setDesk({ layer: null })

export function RecentList() {
  const open = useDesk((state) => state.layer === 'recent')
  return open && <Recent />
}

function Recent() {
  const navigate = useNavigate()
  const openId = useDesk((state) => state.openId)
  const ids = useStore(recent, (all) => all).filter((id) => id !== openId)
  const found = useQueries({ queries: ids.map(ticketQuery) })
  const choices = found.flatMap(({ data }) =>
    data
      ? [
          {
            id: String(data.id),
            label: `#${data.id} ${data.subject}`,
            hint: data.requester.name,
            icon: <StatusMark status={data.status} bare />,
          },
        ]
      : [],
  )
  return (
    <Modal title={say('recent.name')} open onClose={close} shape="pick">
      <PickList
        label={ids.length === 0 ? say('recent.none') : say('recent.name')}
        choices={choices}
        onChoose={(ticketId) => {
          close()
          void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId } })
        }}
      />
    </Modal>
  )
}
