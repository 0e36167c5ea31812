import { readFileSync } from 'node:fs'
import { ok, type Result, refused } from '#base/index.ts'

const LEAST_LETTERS = 12

/** The first line of the file: secrets stand in no option and no setting. */
export function readPassphrase(file: string): Result<string, string> {
  let line = ''
  try {
    line = readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? ''
  } catch (error) {
    return refused(
      `the passphrase cannot be read from ${file} (${error instanceof Error && 'code' in error ? error.code : error}); check the path and its rights`,
    )
  }
  return line.length < LEAST_LETTERS
    ? refused(`the passphrase in ${file} is shorter than ${LEAST_LETTERS} letters; write a longer one into its first line`)
    : ok(line)
}
