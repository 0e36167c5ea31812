import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { FLOORS } from './floors.ts'

const root = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const page = readFileSync(root('ARCHITECTURE.md'), 'utf8')
const rooms = readdirSync(root('src'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)

test('ARCHITECTURE.md tells every room there is, and no other', () => {
  const section = page.slice(page.indexOf('## Rooms'), page.indexOf('## Where do I put'))
  const told = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(found => found[1])
  expect(told.sort()).toEqual(rooms.sort())
})

test('every room of the table of floors that exists is on the page', () => {
  for (const { rooms: listed } of FLOORS) for (const room of listed) if (rooms.includes(room)) expect(page).toContain(room)
})

test('every path that ARCHITECTURE.md sends a newcomer to exists', () => {
  const paths = [...page.matchAll(/`((?:src|bench|checks|tools|docs)\/[\w./-]+)`/g)]
    .map(found => found[1] ?? '')
    .filter(path => !/NN-|DAC-FI/.test(path))
  expect(paths.length).toBeGreaterThan(8)
  expect(paths.filter(path => !existsSync(root(path)))).toEqual([])
})
