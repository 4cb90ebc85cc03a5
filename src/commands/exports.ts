// `export …`: all that a desk has, out.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import { linesOf } from '#imports/lines/export.ts'
import { writeFolder } from '#imports/lines/write-folder.ts'

export const exportJsonl: Command = {
  usage: 'export jsonl [DIR]',
  about:
    'Writes the whole desk as lines of JSON with its files into a folder, or the lines alone to standard output.',
  run: async (args) => {
    const { positionals } = readArguments(exportJsonl, args, {})
    const [folder] = positionals
    if (positionals.length > 1) throw new Stop(64, `Usage: ./docket ${exportJsonl.usage}`)
    await withDesk(async (desk) => {
      if (folder === undefined)
        return desk.database.transaction(async (tx) => {
          for await (const chunk of linesOf(tx, () => {})) await write(chunk)
        })
      const { lostFiles } = await writeFolder(desk, folder)
      if (lostFiles > 0)
        throw new Stop(1, `${lostFiles} files are missing in the store; all else was exported.`)
    })
  },
}

function write(chunk: string): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(chunk, (error) => (error ? fail(error) : done())))
}
