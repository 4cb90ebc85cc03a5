// The tools of a desk for programs: jobs, not routes. Whatever offers them (standard input and output today) takes them from here.
import { knowingTools } from '#programs/knowing-tools.ts'
import { readingTools } from '#programs/reading-tools.ts'
import type { Tool } from '#programs/tool.ts'
import { writingTools } from '#programs/writing-tools.ts'

export const tools: readonly Tool[] = [...readingTools, ...knowingTools, ...writingTools]
