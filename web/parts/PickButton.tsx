// A button that shows a value and opens a PickList to change it.
import { Popover } from '@base-ui/react/popover'
import { type ReactNode, useState } from 'react'

import styles from './pick.module.css'
import { type Choice, PickList } from './PickList.tsx'

type Props = {
  label: string
  children: ReactNode
  choices: readonly Choice[]
  chosen: readonly string[]
  onChoose: (id: string) => void
  onCreate?: (text: string) => void
  many?: boolean
  keys?: string
  disabled?: boolean
  className?: string | undefined
  /** The value shown is what the screen shows now. */
  current?: boolean
  align?: 'start' | 'end'
}

export function PickButton(props: Props) {
  const {
    label,
    children,
    many = false,
    keys,
    disabled = false,
    className,
    align = 'start',
    onCreate,
  } = props
  const { current = false } = props
  const [open, setOpen] = useState(false)
  const after = () => {
    if (!many) setOpen(false)
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={className ?? styles['trigger']}
        disabled={disabled}
        aria-current={current ? 'page' : undefined}
        title={keys ? `${label} (${keys})` : label}
      >
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align={align} sideOffset={4} className={styles['positioner']}>
          <Popover.Popup className={styles['popup']} aria-label={label}>
            <PickList
              label={label}
              choices={props.choices}
              chosen={props.chosen}
              onChoose={(id) => {
                props.onChoose(id)
                after()
              }}
              {...(onCreate
                ? {
                    onCreate: (text: string) => {
                      onCreate(text)
                      after()
                    },
                  }
                : {})}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
