import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { auditHead, verifyAudit } from '#access/index.ts'
import { lockState, readLedger, type VerifyFault, type VerifyOptions, verifyLedger } from '#evidence/index.ts'
import { type Command, CommandFailure } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { readOptions } from './options.ts'

const HELP = `usage: mangru verify [--data DIR] [FILE…]

Checks the hash chains: every entry of the ledger from the first segment to the last, and the audit trail with the hashes of it that stand in the ledger.
Names the first bad record and ends with exit code 1. FILE: single ledger segments (.mgl, .mgl.zst), each by itself.
Beside a running product and after kill -9 an unfinished tail is no fault; after an orderly stop every byte is covered.

examples:
  mangru verify
  mangru verify --data /var/lib/mangru
  mangru verify evidence/00000012.mgl.zst`

export const verify: Command = {
  name: 'verify',
  summary: 'hash chains of ledger and audit',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--data'])
    if (options.words.length > 0) {
      for (const file of options.words) verifyOne(file)
      return 0
    }
    const directory = existingDataDirectory(options.values.get('--data'))
    const state = lockState(directory).state
    const isOpen = state !== 'free'
    say('ledger', join(directory, 'ledger'), { isOpen })
    verifyTrail(directory)
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

/** The audit trail by itself, and the hashes of it that the ledger witnessed. */
function verifyTrail(directory: string): void {
  const witnesses = witnessesIn(join(directory, 'ledger'))
  const file = join(directory, 'store', 'mangru.db')
  if (!existsSync(file)) {
    const last = witnesses.at(-1)
    if (last) throw new CommandFailure(`audit: the ledger witnessed ${last.n} rows (entry ${last.mark}), and the store ${file} is gone`)
    process.stdout.write('audit: nothing there yet\n')
    return
  }
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const store = {
      read: <Row>(sql: string, values: readonly (string | number | bigint | null | Uint8Array)[] = []) =>
        database.prepare(sql).all(...values) as Row[],
    }
    const { rows, bad } = verifyAudit(store)
    if (bad) throw new CommandFailure(`audit: row ${bad.n}: ${bad.why}`)
    const hashes = new Map(store.read<{ n: number; hash: string }>('SELECT n, hash FROM audit').map(row => [row.n, row.hash]))
    for (const { n, hash, mark } of witnesses)
      if (hashes.get(n) !== hash) throw new CommandFailure(`audit: row ${n} is not what the ledger witnessed (entry ${mark})`)
    process.stdout.write(`audit: ok ${JSON.stringify({ rows, witnessed: witnesses.length, head: auditHead(store)?.hash })}\n`)
  } finally {
    database.close()
  }
}

interface Witness {
  readonly n: number
  readonly hash: string
}

/** What the ledger holds of the audit trail: the number and hash of its newest row, again and again. */
function witnessesIn(ledger: string): readonly (Witness & { readonly mark: number })[] {
  const witnesses: (Witness & { readonly mark: number })[] = []
  readLedger(ledger, {}, entry => {
    const witness = entry.feed === 0 ? witnessOf(entry.bytes) : undefined
    if (witness) witnesses.push({ ...witness, mark: entry.mark })
  })
  return witnesses
}

function witnessOf(bytes: Uint8Array): Witness | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString())
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      'control' in parsed &&
      parsed.control === 'audit' &&
      'n' in parsed &&
      'hash' in parsed
    )
      return { n: Number(parsed.n), hash: String(parsed.hash) }
  } catch {
    // no JSON: another kind of entry
  }
  return undefined
}
