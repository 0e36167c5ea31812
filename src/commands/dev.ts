import { fileURLToPath } from 'node:url'
import { type Command, CommandFailure, UsageError } from './command.ts'

const HELP = `usage: mangru dev TASK

Tasks for those who build Mangru:
  import-rules   imports go down the floors of tools/floors.ts
  settings       writes docs/operators/settings.example.yaml from the settings' descriptions
  screens        writes pictures of the screens to docs/screens/, or to --out DIR
  build-ais      builds the AIS codec for others, the entry point mangru/ais, into dist/ais
  ais-fields     writes docs/integrators/ais-fields.md from the codec's tables
  check NAME     one reliability check on the real product (checks/); --times N, --seed N

examples:
  mangru dev import-rules
  npm run screens`

async function importRules(): Promise<number> {
  const { findBreaches, readSources } = await import('../../tools/import-rules.ts')
  const files = readSources(fileURLToPath(new URL('..', import.meta.url)))
  if (files.length === 0) throw new CommandFailure('import-rules looked at no file; src/ is empty or cannot be read')
  const breaches = findBreaches(files)
  for (const { file, imports, rule } of breaches) process.stdout.write(`src/${file} → ${imports}: ${rule}\n`)
  process.stdout.write(`${files.length} files, ${breaches.length} breaches\n`)
  return breaches.length === 0 ? 0 : 1
}

/** What only builders need; kept behind one word so that officers' --help stays short. */
export const dev: Command = {
  name: 'dev',
  summary: 'tasks for those who build Mangru',
  help: HELP,
  async run([task, ...rest]) {
    switch (task) {
      case 'import-rules':
        return importRules()
      case 'settings':
        return (await import('../../tools/write-settings.ts')).writeSettings()
      case 'rights':
        return (await import('../../tools/write-rights.ts')).writeRights()
      case 'build-ais':
        return (await import('../../tools/build-ais.ts')).buildAis()
      case 'ais-fields':
        return (await import('../../tools/write-ais-fields.ts')).writeAisFields()
      case 'check':
        return (await import('../../checks/run.ts')).runCheck(rest)
      case 'screens':
        return (await import('../../e2e/screens.ts')).writeScreens(rest)
      default:
        throw new UsageError(task ? `there is no task "${task}"` : 'name a task')
    }
  },
}
