// Where tests find the data that stands beside the project. It is not part of the product: where the folder is missing, tests that need it say so and
// are left out (`test.runIf(sharedData('…') !== undefined)`).
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Path of a file or folder of the shared data, or undefined (said aloud once a path). */
export function sharedData(path: string): string | undefined {
  const full = `${ROOT}${path}`
  if (existsSync(full)) return full
  process.stderr.write(`left out: tests on shared data "${path}" (the folder is not beside the project)\n`)
  return undefined
}
