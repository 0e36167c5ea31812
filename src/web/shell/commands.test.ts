import { expect, test } from 'vitest'
import type { App } from '../app.ts'
import { appCommands } from './app-commands.ts'
import { clashes } from './commands.ts'

/** An App that answers every question with another such answer: commands are only listed, none is run. */
const nobody: unknown = new Proxy(() => nobody, {
  get: (_target, name) => (name === Symbol.iterator ? [][Symbol.iterator] : name === Symbol.toPrimitive ? () => 0 : nobody),
  apply: () => nobody,
})

test('no key is claimed by two commands of one context', () => {
  expect(clashes(appCommands(nobody as App))).toEqual([])
})
