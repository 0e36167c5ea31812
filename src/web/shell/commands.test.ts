import { expect, test } from 'vitest'
import type { App } from '../app.ts'
import { appCommands } from './app-commands.ts'
import { asPermitted, availability, type Command, clashes } from './commands.ts'

/** An App that answers every question with another such answer: commands are only listed, none is run. */
const nobody: unknown = new Proxy(() => nobody, {
  get: (_target, name) => (name === Symbol.iterator ? [][Symbol.iterator] : name === Symbol.toPrimitive ? () => 0 : nobody),
  apply: () => nobody,
})

test('no key is claimed by two commands of one context', () => {
  expect(clashes(appCommands(nobody as App))).toEqual([])
})

test('what the posts of who sits here never allow has no button and no place in the palette, and its key says why nothing happens', () => {
  const command: Command = {
    id: 'x',
    name: 'command.acknowledge',
    keys: 'Space',
    context: 'alarm',
    deed: 'alarms.act',
    run: () => undefined,
  }
  const [theirs] = asPermitted([command], () => false)
  expect(theirs && availability(theirs, false)).toEqual({ can: false, because: 'command.not-yours' })
  expect(theirs).toMatchObject({ unlisted: true, isForbidden: true })
  expect(asPermitted([command], deed => deed === 'alarms.act')).toEqual([command])
})
