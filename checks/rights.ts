// Reliability check 18: every route and live topic × every post, at the product's real doors, against answers written by hand. The trying is a test (src/roles/rights.test.ts); here it is
// run and its figures are told.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Check } from './check.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const TEST = 'src/roles/rights.test.ts'

export const check: Check = {
  name: 'rights',
  promise:
    'every route and live topic does for every post, at head office and elsewhere, what docs/rights.csv says by hand; one without a row fails',
  run: ({ say }) =>
    new Promise((done, fail) => {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'test', TEST], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NO_COLOR: '1' },
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (said += piece))
      child.on('error', fail)
      child.on('close', code => {
        const figures = [...said.matchAll(/^rights: (.*)$/gm)].map(found => found[1])
        const [tests = 'no tests ran'] = /Tests +.*/.exec(said) ?? []
        if (code !== 0)
          for (const line of said
            .split('\n')
            .filter(one => /×|AssertionError|docs\/rights\.csv/.test(one))
            .slice(0, 20))
            say(line.trim())
        done({ pass: code === 0 && figures.length > 0, figure: [...figures, tests.replace(/ +/g, ' ')].join('; ') })
      })
    }),
}
