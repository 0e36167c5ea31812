// Entry of the runtime: finds the command, runs it, turns its outcome into an exit code. A broken pipe is a quiet end.
import { CommandFailure, UsageError } from './commands/command.ts'
import { COMMANDS } from './commands/index.ts'

process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(0)
  throw error
})
// Nobody reads the refusals: the results go on.
process.stderr.on('error', error => {
  if (!('code' in error && error.code === 'EPIPE')) throw error
})

// Killed with the executable that started us, as when the power goes; the next start comes back from what is on the disk.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.channel?.unref()

async function overview(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => {
      try {
        return `  ${name.padEnd(10)} ${(await load()).summary}`
      } catch {
        return `  ${name}`
      }
    }),
  )
  return `mangru: the open software of a customs border-control centre\n\nusage: mangru COMMAND [options]      (mangru COMMAND --help tells more)\n\n${rows.join('\n')}\n`
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await overview())
    return name === undefined ? 2 : 0
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) {
    process.stderr.write(`mangru: there is no command "${name}"; mangru --help lists them\n`)
    return 2
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${(command.helpOf?.[rest[0] ?? ''] ?? command.help).trim()}\n`)
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`mangru ${name}: ${error.message}; mangru ${name} --help shows examples\n`)
      return 2
    }
    if (error instanceof CommandFailure) {
      process.stderr.write(`mangru ${name}: ${error.message}\n`)
      return 1
    }
    // What the system refuses (a right, a disk, a file that went) is no fault of ours: a sentence, not a stack of calls.
    if (error instanceof Error && 'syscall' in error && 'path' in error) {
      process.stderr.write(`mangru ${name}: ${error.path} cannot be used (${error.message.split(',')[0]}); look after it and try again\n`)
      return 1
    }
    throw error
  }
}

process.exitCode = await main(process.argv.slice(2))
