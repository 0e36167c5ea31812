// Writes the documented example of all settings; a test says when it is out of date.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exampleSettings } from '../src/platform/settings/index.ts'
import { SETTINGS } from '../src/settings.ts'

const FILE = fileURLToPath(new URL('../docs/operators/settings.example.yaml', import.meta.url))

export const currentExample = (): string => exampleSettings(SETTINGS)
export const writtenExample = (): string => readFileSync(FILE, 'utf8')

export function writeSettings(): number {
  writeFileSync(FILE, currentExample())
  return 0
}
