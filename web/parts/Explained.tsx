// A word with what it means, shown on hover and on focus, and read aloud with it.
import { Tooltip } from '@base-ui/react/tooltip'

import styles from './explained.module.css'

export function Explained({ word, meaning }: { word: string; meaning: string }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger delay={150} className={styles['word']}>
        {word}
        <span className="unseen">: {meaning}</span>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className={styles['positioner']}>
          <Tooltip.Popup className={styles['meaning']}>{meaning}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
