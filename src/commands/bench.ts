import { type Command, UsageError } from './command.ts'

const HELP = `usage: mangru bench [NAME…] [--json]

Runs benchmarks and prints one line a figure: name, value, unit, ratio to the named peer or baseline in the same run, size of input. Without a name: all of them
(several minutes). Peers that are not installed are named and left out.

examples:
  mangru bench wire-decode
  mangru bench --json >figures.jsonl`

export const bench: Command = {
  name: 'bench',
  summary: 'benchmarks, one line a figure',
  help: HELP,
  async run(args) {
    const { BENCHES } = await import('../../bench/index.ts')
    const names = args.filter(arg => !arg.startsWith('--'))
    for (const arg of args) if (arg.startsWith('--') && arg !== '--json') throw new UsageError(`there is no option ${arg}`)
    for (const name of names)
      if (!Object.hasOwn(BENCHES, name)) throw new UsageError(`there is no benchmark ${name}; there are ${Object.keys(BENCHES).join(', ')}`)
    for (const [name, load] of Object.entries(BENCHES)) {
      if (names.length > 0 && !names.includes(name)) continue
      const one = await load()
      process.stderr.write(`${name}: ${one.question}\n`)
      for (const figure of await one.run()) {
        if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ bench: name, ...figure })}\n`)
        else
          process.stdout.write(
            `${name}  ${figure.name}  ${round(figure.value)} ${figure.unit}${figure.ratio ? `  ${round(figure.ratio.value)} × ${figure.ratio.to}` : ''}${figure.size ? `  (${figure.size})` : ''}${figure.goal ? `  goal ${figure.goal}` : ''}\n`,
          )
      }
    }
    return 0
  },
}

const round = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString()
