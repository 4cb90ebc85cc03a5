// What opens beside a button: a menu, or a panel. Comes when the first is opened, as most of its code is about where to stand.
import { Menu } from '@base-ui/react/menu'
import { Popover } from '@base-ui/react/popover'
import type { ComponentProps, ReactNode, RefObject } from 'react'

import menu from './menu.module.css'
import type { Entry, Side } from './MenuButton.tsx'
import pick from './pick.module.css'
import { PickList } from './PickList.tsx'

type Place = {
  button: RefObject<HTMLButtonElement | null>
  onClose: () => void
  side?: Side | undefined
  align?: 'start' | 'end' | undefined
}

/** A press on the button that opened the layer is left to the button, which closes it. */
function closing({ button, onClose }: Place) {
  return (open: boolean, { event }: { event: Event }) => {
    const { target } = event
    if (!open && !(target instanceof Node && event.type !== 'keydown' && button.current?.contains(target)))
      onClose()
  }
}

export function PanelLayer(
  props: Place & { label: string; className?: string | undefined; children: ReactNode },
) {
  const { button, side = 'bottom', align = 'start', label, className = pick['popup'], children } = props
  return (
    <Popover.Root open onOpenChange={closing(props)}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={button}
          side={side}
          align={align}
          sideOffset={side === 'bottom' ? 4 : 8}
          className={pick['positioner']}
        >
          <Popover.Popup className={className} aria-label={label} finalFocus={button}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

export function MenuLayer(props: Place & { label: string; head?: ReactNode; entries: readonly Entry[] }) {
  const { button, side = 'bottom', align = 'end', label, head, entries, onClose } = props
  return (
    <Menu.Root open modal={false} onOpenChange={closing(props)}>
      <Menu.Portal>
        <Menu.Positioner
          anchor={button}
          side={side}
          align={align}
          sideOffset={side === 'right' ? 8 : 4}
          className={menu['positioner']}
        >
          <Menu.Popup className={menu['popup']} aria-label={label} finalFocus={button}>
            {head}
            {entries.map((entry, at) => (
              <Line key={at} entry={entry} onClose={onClose} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Line({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  if (entry === 'line') return <Menu.Separator className={menu['separator']} />
  const { label, keys, chosen, run } = entry
  const choose = () => {
    onClose()
    run()
  }
  const text = (
    <>
      {label}
      {keys !== undefined && <kbd className={menu['keys']}>{keys}</kbd>}
    </>
  )
  if (chosen === undefined)
    return (
      <Menu.Item className={menu['item']} onClick={choose}>
        {text}
      </Menu.Item>
    )
  return (
    <Menu.CheckboxItem className={menu['item']} checked={chosen} closeOnClick onClick={choose}>
      {text}
      <Menu.CheckboxItemIndicator className={menu['keys']}>✓</Menu.CheckboxItemIndicator>
    </Menu.CheckboxItem>
  )
}

export function PickLayer(props: Place & ComponentProps<typeof PickList>) {
  const { button, onClose, side, align, ...list } = props
  return (
    <PanelLayer button={button} onClose={onClose} side={side} align={align} label={list.label}>
      <PickList {...list} />
    </PanelLayer>
  )
}
