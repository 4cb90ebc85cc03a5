// What a list of tickets is grouped by.
export type GroupKey = 'status' | 'priority' | 'assignee' | 'team' | 'organization'
