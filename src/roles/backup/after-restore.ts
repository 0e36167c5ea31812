// What a start must know of a restore: one that was cut is no data folder yet, and one that was finished is written into the audit trail by the first start after it.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { auditStatement } from '#access/index.ts'
import { CONTROL_NAME } from '#evidence/index.ts'
import type { Store } from '#platform/store/index.ts'
import { RESTORED_NOTE, RESTORING } from './restore-backup.ts'

/** A sentence when a restore into this folder was cut. */
export const cutRestoreIn = (data: string): string | undefined =>
  existsSync(join(data, RESTORING))
    ? `a restore into ${data} was cut; run mangru restore --from DEST --data ${data} --force again, then start`
    : undefined

export async function noteRestore(data: string, store: Store, nowMs: number): Promise<void> {
  const path = join(data, RESTORED_NOTE)
  if (!existsSync(path)) return
  const { of, version } = Object(JSON.parse(readFileSync(path, 'utf8')))
  await store.write([
    auditStatement({ atMs: nowMs, who: CONTROL_NAME, deed: 'data.restored', thing: String(of), note: `made by version ${version}` }),
  ])
  rmSync(path, { force: true })
}
