// Sealing: what was approved is written once, hashed, signed and witnessed. Files lie in DIR/reports/ID/ and are never written again; their hashes stand in the store, in the
// audit trail and in the ledger, so that a changed paper is found by anybody (`mangru check`, the signature).
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Paper } from './model.ts'
import type { FileForm, Press } from './press.ts'
import type { Report, Seal } from './report.ts'

export interface SignKey {
  readonly privatePem: string
  readonly publicPem: string
  readonly fingerprint: string
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const SAFE_ID = /^[a-z0-9][a-z0-9-]{0,80}$/
export const reportFolder = (data: string, id: string): string => {
  if (!SAFE_ID.test(id)) throw new Error(`${id} is no id of a report`)
  return join(data, 'reports', id)
}

/** Every file of the sealed report: name → bytes. A PDF that could not be set is left out; the HTML page prints instead. */
export async function filesOf(
  papers: { readonly ko: Paper; readonly en: Paper },
  press: Press,
  onFault: (sentence: string) => void,
): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>([['report.json', Buffer.from(`${JSON.stringify(papers.ko, null, 1)}\n`)]])
  const add = async (name: string, paper: Paper, form: FileForm): Promise<void> => {
    const printed = await press.print(paper, form)
    if (printed.ok) files.set(name, printed.value)
    else onFault(`${name}: ${printed.reason}`)
  }
  for (const form of ['pdf', 'docx', 'hwpx', 'html'] as const) await add(`report.${form}`, papers.ko, form)
  await add('report.en.pdf', papers.en, 'pdf')
  return files
}

/** Hashes and signature over them; the same report, files and key give the same seal. */
export function sealOf(
  report: Report,
  files: ReadonlyMap<string, Buffer>,
  key: SignKey,
  atMs: number,
  auditHead: string | undefined,
): Seal {
  const list = [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256(bytes) }))
  const manifest = JSON.stringify({
    format: 'mangru-report/1',
    report: report.id,
    number: report.number,
    asOf: new Date(report.toMs).toISOString(),
    approvedAt: new Date(atMs).toISOString(),
    boxes: report.boxes.map(({ title, signature }) => ({
      title,
      ...(signature ? { by: signature.by.id, at: new Date(signature.atMs).toISOString() } : {}),
    })),
    ...(auditHead === undefined ? {} : { auditHead }),
    files: list,
  })
  return {
    atMs,
    manifest,
    sha256: Object.fromEntries(list.map(one => [one.name, one.sha256])),
    bytes: Object.fromEntries(list.map(one => [one.name, one.bytes])),
    signature: sign(null, Buffer.from(manifest), createPrivateKey(key.privatePem)).toString('base64'),
    key: key.fingerprint,
  }
}

/** Writes all files, or none: a folder beside, synced, then renamed. */
export function keepFiles(folder: string, files: ReadonlyMap<string, Buffer>): void {
  const beside = `${folder}.new`
  rmSync(beside, { recursive: true, force: true })
  mkdirSync(beside, { recursive: true, mode: 0o700 })
  for (const [name, bytes] of files) {
    const file = openSync(join(beside, name), 'wx', 0o600)
    try {
      writeSync(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  }
  // An approval that was killed before it was kept has left its files: they are of no report.
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
}

/** What is wrong with a sealed report's files; empty: nothing. */
export function sealFaults(data: string, { id, seal }: Report, publicPem: string | undefined): readonly string[] {
  if (!seal) return []
  const faults: string[] = []
  for (const [name, hash] of Object.entries(seal.sha256)) {
    const file = join(reportFolder(data, id), name)
    if (!existsSync(file)) faults.push(`${id}/${name} is missing`)
    else if (sha256(readFileSync(file)) !== hash) faults.push(`${id}/${name} is not what was approved`)
  }
  if (
    publicPem !== undefined &&
    !verify(null, Buffer.from(seal.manifest), createPublicKey(publicPem), Buffer.from(seal.signature, 'base64'))
  )
    faults.push(`${id}: its seal is not signed by the house's key`)
  for (const one of Object(JSON.parse(seal.manifest)).files ?? [])
    if (seal.sha256[one.name] !== one.sha256) faults.push(`${id}/${one.name}: row and seal differ`)
  return faults
}
