import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { auditHead, auditRowOf, verifyAudit } from '#access/index.ts'
import {
  type AuditWitness,
  auditWitnessOf,
  type BundleVerdict,
  isZip,
  lockState,
  readLedger,
  type VerifyFault,
  type VerifyOptions,
  verifyBundle,
  verifyLedger,
} from '#evidence/index.ts'
import { type Command, CommandFailure } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { readOptions } from './options.ts'

const HELP = `usage: mangru verify [--data DIR] [--head HASH] [FILE…]

Checks the hash chains: every entry of the ledger from the first segment to the last, and the audit trail with the hashes of it that stand in the ledger.
Names the first bad record and ends with exit code 1. FILE: single ledger segments (.mgl, .mgl.zst) and evidence exports (.zip: signature, every member), each by itself; compare the key told
with the one the screen shows (/api/evidence/key).
Beside a running product and after kill -9 an unfinished tail is no fault; after an orderly stop every byte is covered.

--head HASH: the head of the audit trail printed at the foot of a daily report (its first 8 letters do): says which row it is, after the whole chain was checked.

examples:
  mangru verify
  mangru verify --head 3f9a1c22
  mangru verify --data /var/lib/mangru
  mangru verify evidence/00000012.mgl.zst`

export const verify: Command = {
  name: 'verify',
  summary: 'hash chains of ledger and audit',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data', '--head'])
    if (options.words.length > 0) {
      for (const file of options.words) verifyOne(file)
      return 0
    }
    const directory = existingDataDirectory(options.values.get('--data'))
    const state = lockState(directory).state
    const isOpen = state !== 'free'
    say('ledger', join(directory, 'ledger'), { isOpen })
    verifyTrail(directory, options.values.get('--head'))
    return 0
  },
}

function say(what: string, directory: string, options: VerifyOptions): void {
  if (!existsSync(directory)) {
    process.stdout.write(`${what}: nothing there yet\n`)
    return
  }
  const verdict = verifyLedger(directory, options)
  if (!verdict.ok) throw new CommandFailure(`${what}: ${sentenceOf(verdict)}`)
  const { ok: _ok, ...figures } = verdict
  process.stdout.write(`${what}: ok ${JSON.stringify(figures)}\n`)
}

const sentenceOf = ({ file, offset, why }: VerifyFault): string => `${file}${offset === undefined ? '' : ` at byte ${offset}`}: ${why}`

/** A segment alone: its own chain, wherever it came from. */
function verifyOne(file: string): void {
  if (!existsSync(file) || !statSync(file).isFile()) throw new CommandFailure(`there is no file ${file}; check the name`)
  if (file.endsWith('.zip')) return verifyExport(file)
  const alone = mkdtempSync(join(tmpdir(), 'mangru-verify-'))
  try {
    symlinkSync(resolve(file), join(alone, basename(file)))
    const verdict = verifyLedger(alone, { isOpen: true, isPart: true })
    if (!verdict.ok) throw new CommandFailure(sentenceOf({ ...verdict, file }))
    if (verdict.entries === 0) throw new CommandFailure(`${file}: it holds no ledger entries; a segment ends in .mgl or .mgl.zst`)
    process.stdout.write(`${file}: ok ${verdict.entries} entries\n`)
  } finally {
    rmSync(alone, { recursive: true, force: true })
  }
}

/** An evidence export: every byte of it, and whose key signed. */
function verifyExport(file: string): void {
  const bytes = readFileSync(file)
  const verdict: BundleVerdict = isZip(bytes) ? verifyBundle(bytes) : { ok: false, why: 'it is no ZIP file' }
  if (!verdict.ok) throw new CommandFailure(`${file}: ${verdict.why}`)
  process.stdout.write(`${file}: ok ${JSON.stringify({ files: verdict.files, key: verdict.key, custody: verdict.custody })}\n`)
}

/** The audit trail by itself, and the hashes of it that the ledger witnessed. */
function verifyTrail(directory: string, head: string | undefined): void {
  const witnesses = witnessesIn(join(directory, 'ledger'))
  const file = join(directory, 'store', 'mangru.db')
  if (!existsSync(file)) {
    if (head !== undefined)
      throw new CommandFailure(`audit: there is no trail in ${directory}, so ${head} is none of its rows; check --data`)
    const last = witnesses.at(-1)
    if (last) throw new CommandFailure(`audit: the ledger witnessed ${last.n} rows (entry ${last.mark}), and the store ${file} is gone`)
    process.stdout.write('audit: nothing there yet\n')
    return
  }
  try {
    process.stdout.write(`audit: ok ${JSON.stringify(auditOf(file, witnesses, head))}\n`)
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure(
      `audit: the store ${file} cannot be read: ${error instanceof Error ? error.message : error}; restore it from a backup`,
    )
  }
}

function auditOf(file: string, witnesses: readonly (AuditWitness & { readonly mark: number })[], head: string | undefined) {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const store = {
      read: <Row>(sql: string, values: readonly (string | number | bigint | null | Uint8Array)[] = []) =>
        database.prepare(sql).all(...values) as Row[],
    }
    const { rows, bad } = verifyAudit(store)
    if (bad) throw new CommandFailure(`audit: row ${bad.n}: ${bad.why}`)
    const hashOf = (n: number): string | undefined => store.read<{ hash: string }>('SELECT hash FROM audit WHERE n = ?', [n])[0]?.hash
    for (const { n, hash, mark } of witnesses)
      if (hashOf(n) !== hash) throw new CommandFailure(`audit: row ${n} is not what the ledger witnessed (entry ${mark})`)
    const asked = head === undefined ? undefined : auditRowOf(store, head.toLowerCase())
    if (head !== undefined && !asked)
      throw new CommandFailure(`audit: no row of this trail has the hash ${head}: it is of another trail, or mistyped (8 to 64 of 0-9 a-f)`)
    return {
      rows,
      witnessed: witnesses.length,
      head: auditHead(store)?.hash,
      ...(asked
        ? { asked: { row: asked.n, at: new Date(asked.atMs).toISOString(), who: asked.who, deed: asked.deed, after: rows - asked.n } }
        : {}),
    }
  } finally {
    database.close()
  }
}

/** What the ledger holds of the audit trail: the number and hash of its newest row, again and again. */
function witnessesIn(ledger: string): readonly (AuditWitness & { readonly mark: number })[] {
  const witnesses: (AuditWitness & { readonly mark: number })[] = []
  readLedger(ledger, {}, entry => {
    const witness = entry.feed === 0 ? auditWitnessOf(entry.bytes) : undefined
    if (witness) witnesses.push({ ...witness, mark: entry.mark })
  })
  return witnesses
}
