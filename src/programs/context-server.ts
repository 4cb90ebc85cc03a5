// The tools as a model-context server: each with its schemas, structured content beside the same as text, a no as an error in words.
import type { McpServer } from '@modelcontextprotocol/server'
import { Fault } from '#kit/fault.ts'
import type { Log } from '#kit/log.ts'
import type { Api } from '#programs/api-client.ts'
import { FENCE_RULE } from '#programs/fence.ts'
import { Refused } from '#programs/refused.ts'
import { annotations, type Tool } from '#programs/tool.ts'
import { toldOnce } from '#programs/told-once.ts'
import { tools } from '#programs/tools.ts'

/** A server is made for each request: what all of them say of the tools is reckoned once. */
const prepared = tools.map((tool) => ({
  tool,
  inputSchema: toldOnce(tool.input),
  // What leaves has been parsed by then (`answerOf`).
  outputSchema: toldOnce(tool.output, (value) => ({ value: value as Record<string, unknown> })),
}))

/** What speaks the protocol, loaded with the first program that asks. */
let sdk: Promise<typeof import('@modelcontextprotocol/server')> | undefined

/** A server that does what it is asked through `api`. */
export async function contextServer(api: Api, version: string, log: Log): Promise<McpServer> {
  const { McpServer } = await (sdk ??= import('@modelcontextprotocol/server'))
  const server = new McpServer(
    { name: 'docket', title: 'Docket', version },
    { instructions: `The tickets of a support desk. ${FENCE_RULE}` },
  )
  for (const { tool, inputSchema, outputSchema } of prepared) {
    const { name, title, effect } = tool
    server.registerTool(
      name,
      {
        title,
        description: `${tool.about} Needs the scope ${tool.scopes.join(' and ')}.`,
        inputSchema,
        outputSchema,
        annotations: { title, ...annotations[effect] },
      },
      (given) => answerOf(tool, api, given, log),
    )
  }
  return server
}

async function answerOf({ name, output, run }: Tool, api: Api, given: Record<string, unknown>, log: Log) {
  try {
    // Parsed once more: what the schema does not name does not leave.
    const structuredContent = output.parse(await run(api, given))
    return { structuredContent, content: [textOf(JSON.stringify(structuredContent))] }
  } catch (error) {
    if (error instanceof Refused) return { isError: true, content: [textOf(error.message)] }
    log.error({ err: error, tool: name }, 'A tool failed')
    const words =
      error instanceof Fault
        ? `${error.message}. Try again in a moment.`
        : 'The answer of the desk could not be read. The log of ./docket mcp says more.'
    return { isError: true, content: [textOf(words)] }
  }
}

function textOf(text: string) {
  return { type: 'text' as const, text }
}
