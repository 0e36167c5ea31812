// What the tools of every save cost, in CPU seconds of the tool and its children.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Bench, Figure } from './bench.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const TOOLS: readonly { readonly name: string; readonly commands: readonly (readonly string[])[]; readonly goal: string }[] = [
  {
    name: 'type check',
    commands: [
      ['node_modules/.bin/tsc', '-p', 'tsconfig.json', '--singleThreaded'],
      ['node_modules/.bin/tsc', '-p', 'src/web/tsconfig.json', '--singleThreaded'],
    ],
    goal: '≤ 6',
  },
  { name: 'lint', commands: [['node_modules/.bin/biome', 'check']], goal: '≤ 4' },
  { name: 'unit suite', commands: [[process.execPath, 'bin/mangru.mjs', 'test']], goal: '≤ 30' },
]

/** CPU of all children waited for, theirs included; from the kernel, in its 10 ms. */
function childrenCpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

export const bench: Bench = {
  name: 'tools',
  question: 'how many CPU seconds do type check, lint and the unit suite take?',
  async run() {
    return TOOLS.map(({ name, commands, goal }): Figure => {
      const before = childrenCpuSeconds()
      const failed = commands.filter(([file = '', ...args]) => spawnSync(file, args, { cwd: ROOT, stdio: 'ignore' }).status !== 0)
      return {
        name,
        value: childrenCpuSeconds() - before,
        unit: 'CPU s',
        size: failed.length > 0 ? `did NOT pass: ${failed.map(one => one.slice(0, 4).join(' ')).join('; ')}` : 'passed',
        goal,
      }
    })
  },
}
