// What a column of a CSV can be here. It imports nothing, so that the app takes it as it is.
export const csvTargets = [
  'id',
  'subject',
  'text',
  'requesterEmail',
  'requesterName',
  'status',
  'priority',
  'assignee',
  'team',
  'tags',
  'createdAt',
  'updatedAt',
  'solvedAt',
  'field',
] as const
export type CsvTarget = (typeof csvTargets)[number]

/** In which order the numbers of a date stand. */
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const
export type DateOrder = (typeof dateOrders)[number]
