// What lies in a data folder and how each part is backed up. A name that is not here is copied too, as whole files, and told; a test looks through the sources and
// through the folder of a running product for names that are missing here.

/**
 * `ledger`: by its chain. `store`: SQLite's own copy of one moment. `pieces`: whole files that are made, merged into larger ones and then removed.
 * `files`: files that are made once, before the row that names them; copied before the store and again after it. `whole`: one file, replaced as a whole.
 * `not`: of this machine and moment only.
 */
export type How = 'ledger' | 'store' | 'pieces' | 'files' | 'whole' | 'not'

export interface DataPart {
  readonly name: string
  readonly how: How
  readonly holds: string
}

export const DATA_PARTS: readonly DataPart[] = [
  { name: 'ledger', how: 'ledger', holds: 'everything received' },
  { name: 'store', how: 'store', holds: 'alarms, incidents, people, deeds, the audit trail' },
  { name: 'tracks', how: 'pieces', holds: 'positions' },
  { name: 'attachments', how: 'files', holds: 'photos, films and papers of incidents' },
  { name: 'exports', how: 'files', holds: 'evidence that was exported' },
  { name: 'reports', how: 'files', holds: 'reports as they were approved' },
  { name: 'keys', how: 'files', holds: 'the house’s keys' },
  { name: 'tls', how: 'files', holds: 'certificates of the house’s own authority, and their keys' },
  { name: 'picture.snapshot', how: 'whole', holds: 'the live picture' },
  { name: 'reserve', how: 'not', holds: 'room kept for the store; taken anew at a start' },
  { name: 'lock', how: 'not', holds: 'who runs here' },
  { name: 'restoring', how: 'not', holds: 'a restore that was cut' },
  { name: 'restored.json', how: 'not', holds: 'of which moment the folder was restored, until the audit trail says so' },
  { name: 'replaced', how: 'not', holds: 'what lay here before a restore with --force' },
]

/** The store's file below its part. */
export const STORE_FILE = 'mangru.db'

export interface FoundParts {
  readonly parts: readonly DataPart[]
  /** Names that the list does not know. */
  readonly unknown: readonly string[]
}

/** What of these names is copied and how. */
export function partsOf(names: readonly string[]): FoundParts {
  const known = new Map(DATA_PARTS.map(part => [part.name, part]))
  // Drafts beside what they become: a lock being taken, a file being replaced.
  const lasting = names.filter(name => !/\.tmp$|^lock\./.test(name)).sort()
  return {
    parts: lasting.map((name): DataPart => known.get(name) ?? { name, how: 'files', holds: '' }).filter(({ how }) => how !== 'not'),
    unknown: lasting.filter(name => !known.has(name)),
  }
}
