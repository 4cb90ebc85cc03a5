// Choosing a role: one of the four that every desk has, or one of its own.
import { useQuery } from '@tanstack/react-query'

import type { Role } from '../../../src/api/contract/desk.ts'
import type { CustomRole } from '../../../src/api/contract/roles.ts'
import { SelectField } from '../../parts/Form.tsx'
import { offered } from '../../parts/offered.ts'
import { all } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'

export type ChosenRole = { readonly role: Role | null; readonly roleId: number | null }

const four = offered<Role>({ agent: true, lead: true, admin: true, viewer: true })

export const useRoles = (): CustomRole[] =>
  useQuery({ queryKey: ['roles', 'all'], queryFn: () => all<CustomRole>('/roles') }).data ?? []

type Props = {
  value: ChosenRole
  onChange: (chosen: ChosenRole) => void
  /** What it is called to have none, where that can be chosen. */
  none?: string
  error?: string | undefined
  isExplained?: boolean
}

export function RoleField({ value: { role, roleId }, onChange, none, error, isExplained = false }: Props) {
  const own = useRoles()
  const chosen = own.find(({ id }) => id === roleId)
  const help = chosen
    ? say('roles.count', { count: chosen.actions.length })
    : role === null
      ? undefined
      : say(`roleHelp.${role}`)
  return (
    <SelectField
      label={say('agents.role')}
      help={isExplained ? help : undefined}
      value={roleId === null ? (role ?? '') : String(roleId)}
      onChange={({ target }) => {
        const found = four.find((each) => each === target.value)
        const id = Number(target.value)
        onChange({ role: found ?? null, roleId: found === undefined && id > 0 ? id : null })
      }}
      options={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...four.map((value) => ({ value, label: say(`roleName.${value}`) })),
        ...own.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      error={error}
    />
  )
}
