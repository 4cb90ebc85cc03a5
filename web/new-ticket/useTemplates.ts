// Canned texts and variables for a ticket that is not there yet: of values only those that are known already.
import { useMemo } from 'react'

import { escapeHtml, fill, firstName, variables } from '../../src/api/contract/variables.ts'
import type { Suggestions } from '../editor/SuggestList.tsx'
import { useMacros } from '../wire/macros.ts'
import { useMe } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'

type Known = { readonly name: string; readonly address: string; readonly subject: string }

export function useTemplates({ name, address, subject }: Known): Suggestions {
  const me = useMe()
  const macros = useMacros()
  return useMemo(() => {
    const values = new Map<string, string>([
      ['requester.name', name],
      ['requester.firstName', firstName(name)],
      ['requester.email', address],
      ['ticket.subject', subject],
      ['agent.name', me.name],
      ['agent.firstName', firstName(me.name)],
      ['desk.name', me.deskName],
    ])
    return {
      macro: macros.flatMap(({ id, name: title, message }) =>
        message?.kind === 'reply'
          ? [
              {
                id: String(id),
                label: title,
                choose: async () => ({ html: fill(message.body, values, escapeHtml) }),
              },
            ]
          : [],
      ),
      variable: variables
        .filter((variable) => variable !== 'ticket.id')
        .map((variable) => ({
          id: variable,
          label: sayName('variable', variable),
          hint: values.get(variable) || say('value.empty'),
          choose: async () => ({ html: fill(`<p>{{${variable}}}</p>`, values, escapeHtml) }),
        })),
    }
  }, [name, address, subject, me, macros])
}
