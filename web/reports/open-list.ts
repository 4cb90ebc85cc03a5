// How a mark, wherever it stands, opens the list behind its number.
import { createContext } from 'react'

import type { Cell } from './wire.ts'

export const OpenList = createContext<(cell: Cell) => void>(() => {})
