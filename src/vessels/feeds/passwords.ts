// Passwords of feeds stand in a file of the machine's own, by whom they are for: not in an address, which is shown and kept, and not to be sent to another broker by who adds feeds.
import { readFileSync } from 'node:fs'

/** Lines `user@host:port password`; what begins with # is a remark. The first that fits. */
export function passwordIn(text: string, account: string): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue
    const blank = line.indexOf(' ')
    if (blank > 0 && line.slice(0, blank) === account) return line.slice(blank + 1).trim()
  }
  return undefined
}

/** Read at each call, so that a password may change while the product runs. Throws where the file cannot be read. */
export const passwordsOf =
  (file: string) =>
  (account: string): string | undefined =>
    passwordIn(readFileSync(file, 'utf8'), account)
