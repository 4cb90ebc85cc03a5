// Mappings to begin with, and an event as each of these systems sends it, so that there is something to try them on.
import type { HookMapping } from '../../../src/api/contract/hooks.ts'
import type { HookScheme } from '../../../src/channels/hook-words.ts'

export type Preset = {
  readonly scheme: HookScheme
  readonly mapping: HookMapping
  readonly headers: Readonly<Record<string, string>>
  readonly event: object
}

const nothing: HookMapping = {
  only: '',
  matter: '',
  email: '',
  name: '',
  subject: '',
  body: '',
  status: '',
  priority: '',
  tags: '',
  fields: [],
}

/** By the words `hooks.preset.…`. */
export const presets = {
  any: {
    scheme: 'standard',
    mapping: {
      ...nothing,
      email: '{{ event.email }}',
      subject: '{{ event.subject }}',
      body: '{{ event.text }}',
    },
    headers: {},
    event: { email: 'cy@customer.example', subject: 'Something happened', text: 'What happened.' },
  },
  alertmanager: {
    scheme: 'secret',
    mapping: {
      ...nothing,
      matter: '{{ event.groupKey }}',
      email: 'alerts@example.com',
      name: 'Alertmanager',
      subject: '{{ event.commonLabels.alertname }} {{ event.commonLabels.instance }}',
      body: '{% for alert in event.alerts %}{{ alert.status }}: {{ alert.annotations.summary | default: alert.labels.alertname }}\n{% endfor %}',
      status: '{% if event.status == "resolved" %}resolved{% endif %}',
      priority: '{% if event.commonLabels.severity == "critical" %}urgent{% endif %}',
      tags: 'monitoring',
    },
    headers: {},
    event: {
      version: '4',
      groupKey: '{}:{alertname="DiskFull"}',
      status: 'firing',
      commonLabels: { alertname: 'DiskFull', instance: 'db-1', severity: 'critical' },
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'DiskFull' },
          annotations: { summary: 'Disk of db-1 is 95 % full' },
        },
      ],
    },
  },
  github: {
    scheme: 'github',
    mapping: {
      ...nothing,
      only: '{% assign said = headers["x-github-event"] | append: "." | append: event.action %}{% case said %}{% when "issues.opened", "issues.closed", "issues.reopened", "issue_comment.created" %}yes{% endcase %}',
      matter: '{{ event.repository.full_name }}#{{ event.issue.number }}',
      email: '{{ event.sender.login | remove: "[bot]" }}@users.noreply.github.com',
      name: '{{ event.sender.login }}',
      subject: '{{ event.issue.title }}',
      body: '{% if event.comment %}{{ event.comment.body }}\n\n{{ event.comment.html_url }}{% elsif event.action == "opened" %}{{ event.issue.body }}\n\n{{ event.issue.html_url }}{% else %}{{ event.sender.login }}: {{ event.action }}{% endif %}',
      status:
        '{% if event.action == "closed" %}resolved{% elsif event.action == "reopened" %}open{% endif %}',
      tags: 'github',
    },
    headers: { 'x-github-event': 'issues' },
    event: {
      action: 'opened',
      issue: {
        number: 7,
        title: 'It does not print',
        body: 'Since this morning.',
        html_url: 'https://github.com/acme/printer/issues/7',
        user: { login: 'cy' },
      },
      repository: { full_name: 'acme/printer' },
      sender: { login: 'cy' },
    },
  },
  order: {
    scheme: 'secret',
    mapping: {
      ...nothing,
      matter: '{{ event.id }}',
      email: '{{ event.email }}',
      name: '{{ event.customer.first_name }} {{ event.customer.last_name }}',
      subject: 'Order {{ event.name }}',
      body: '{% for line in event.line_items %}{{ line.quantity }} × {{ line.title }}\n{% endfor %}{{ event.note }}',
      status: '{% if event.cancelled_at %}resolved{% endif %}',
      tags: 'order',
    },
    headers: {},
    event: {
      id: 4711,
      name: '#1001',
      email: 'cy@customer.example',
      note: 'Please ring twice',
      customer: { first_name: 'Cy', last_name: 'Customer' },
      line_items: [{ quantity: 2, title: 'Lamp' }],
      cancelled_at: null,
    },
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof presets

/** Of which of them a mapping was made, as far as its subject tells. */
export function presetOf({ subject }: HookMapping): PresetName {
  const names = Object.keys(presets) as PresetName[]
  return names.find((name) => presets[name].mapping.subject === subject) ?? 'any'
}
