// For `mangru check`: every sealed report's files are what was approved, and its seal is the house's.

import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '#platform/store/index.ts'
import type { Report } from './report.ts'
import { sealFaults } from './seal.ts'

/** Words for the person who asked; throws the first fault. */
export function checkReports(data: string, store: Pick<Store, 'read'>): string {
  const reports = store.read<{ body: string }>('SELECT body FROM reports').map((row): Report => JSON.parse(row.body))
  const keyFile = join(data, 'keys', 'evidence-ed25519.pem')
  const publicPem = existsSync(keyFile)
    ? String(createPublicKey(readFileSync(keyFile, 'utf8')).export({ type: 'spki', format: 'pem' }))
    : undefined
  const [fault] = reports.flatMap(report => sealFaults(data, report, publicPem))
  if (fault !== undefined) throw new Error(fault)
  return `${reports.length} reports, ${reports.filter(one => one.seal).length} sealed`
}
