// The editor's schema: exactly what a mail may carry. Bold, italic, links, lists, quotes, code, pictures of the message itself.
import { Extension, Node } from '@tiptap/core'
import { Mention } from '@tiptap/extension-mention'
import { PluginKey } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import { Suggestion, type SuggestionOptions, type SuggestionProps } from '@tiptap/suggestion'

import { listKeys, suggesting, type Trigger } from './suggesting.ts'

/** A picture that was uploaded: shown from the server, kept and sent as `cid:up-<id>`. Pictures of other sites do not fit in. */
const Picture = Node.create<{ urlOf: (id: number) => string }>({
  name: 'picture',
  group: 'block',
  draggable: true,
  addOptions: () => ({ urlOf: () => '' }),
  addAttributes: () => ({ id: { default: 0 }, alt: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'img[src^="cid:up-"]',
      getAttrs: (element) => ({
        id: Number(element.getAttribute('src')?.slice('cid:up-'.length)),
        alt: element.getAttribute('alt') ?? '',
      }),
    },
  ],
  renderHTML: ({ node }) => ['img', { src: `cid:up-${node.attrs['id']}`, alt: node.attrs['alt'] }],
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement('img')
      dom.src = this.options.urlOf(node.attrs['id'] as number)
      dom.alt = node.attrs['alt'] as string
      return { dom }
    }
  },
})

/** Tells the list under the caret what is being typed after a trigger; what is chosen is put in by who opened the list. */
function watch(trigger: Trigger, char: string): Omit<SuggestionOptions, 'editor'> {
  const shown = ({ editor, query, range, clientRect }: SuggestionProps) =>
    suggesting.set({ trigger, editor, query, range, rect: clientRect?.() ?? null })
  return {
    pluginKey: new PluginKey(`suggest ${trigger}`),
    char,
    items: () => [],
    // Only for who types: a text that was put in does not open lists.
    allow: ({ editor }) =>
      editor.view.hasFocus() && !editor.isActive('code') && !editor.isActive('codeBlock'),
    render: () => ({
      onStart: shown,
      onUpdate: shown,
      onKeyDown: ({ event }) => listKeys.take?.(event) ?? false,
      onExit: () => suggesting.set(null),
    }),
  }
}

const Triggers = Extension.create({
  name: 'triggers',
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      Suggestion({ editor, ...watch('macro', '/') }),
      Suggestion({ editor, ...watch('variable', '{{'), allowedPrefixes: null }),
    ]
  },
})

export function extensions(options: { urlOf: (id: number) => string; mayMention: boolean }) {
  return [
    StarterKit.configure({
      heading: false,
      horizontalRule: false,
      underline: false,
      trailingNode: false,
      link: {
        openOnClick: false,
        protocols: ['http', 'https', 'mailto'],
        HTMLAttributes: { target: null, rel: null },
      },
      dropcursor: { color: 'var(--accent)' },
    }),
    Picture.configure({ urlOf: options.urlOf }),
    Triggers,
    Mention.configure({
      HTMLAttributes: { class: 'mention' },
      suggestion: { ...watch('mention', '@'), ...(options.mayMention ? {} : { allow: () => false }) },
    }),
  ]
}
