// The page for integrators names what there is: every protocol, every event.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SEAL_EVENTS, SEAL_PROTOCOLS } from './index.ts'

test('docs/integrators/seals.md names every protocol with its devices and every event', () => {
  const page = readFileSync(new URL('../../../docs/integrators/seals.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z0-9]+)` \| (.+) \|$/gm)].slice(0, SEAL_PROTOCOLS.length)
  expect(rows.map(([, name]) => name)).toEqual(SEAL_PROTOCOLS.map(({ name }) => name))
  expect(SEAL_EVENTS.filter(event => !page.includes(`\`${event}\``))).toEqual([])
})
