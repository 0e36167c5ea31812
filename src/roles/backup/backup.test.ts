// A folder as the product leaves it while it works: rows that name their evidence in the ledger, the trail's hashes in the ledger, files that rows name, pieces that are
// merged. Copied again and again under writing, each copy must be a data folder of its own.
import { createHash, generateKeyPairSync } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditHead, auditStatement, verifyAudit } from '#access/index.ts'
import { epochMs } from '#base/index.ts'
import { auditWitnessOf, type Ledger, openLedger, readLedger, takeLock, verifyLedger } from '#evidence/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { MIGRATIONS } from '../migrations.ts'
import { cutRestoreIn } from './after-restore.ts'
import { DATA_PARTS, partsOf } from './data-folder.ts'
import { backupsIn, superseded } from './destination.ts'
import { type BackupOptions, makeBackup } from './make-backup.ts'
import { chooseBackup, type RestoreOptions, restoreBackup, verifyBackup } from './restore-backup.ts'

let folder: ReturnType<typeof temporaryFolder>
let data: string
let to: string
beforeEach(() => {
  folder = temporaryFolder()
  data = join(folder.path, 'data')
  to = join(folder.path, 'backups')
  mkdirSync(data)
})
afterEach(() => folder.remove())

const put = (path: string, text: string | Buffer, mode = 0o644): void => {
  mkdirSync(dirname(join(data, path)), { recursive: true })
  writeFileSync(join(data, path), text, { mode })
}
/** As the product makes it at its first start. */
const putKey = (): void =>
  put('keys/evidence-ed25519.pem', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600)
const backup = (more: Partial<BackupOptions> = {}) =>
  makeBackup({ data, to, version: '9.9.9', clock: machineClock, onProgress: () => {}, warn: () => {}, ...more })
const restore = (more: Partial<RestoreOptions> = {}) =>
  restoreBackup({ from: to, data: join(folder.path, 'new'), force: false, nowMs: 1_800_000_000_000, onProgress: () => {}, ...more })
type Refusal = string | { readonly sentence: string }
function must<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Refusal }): T {
  if (!outcome.ok) throw new Error(reasonOf(outcome))
  return outcome.value
}
const reasonOf = ({ reason = 'it was done' }: { readonly ok: boolean; readonly reason?: Refusal }): string =>
  typeof reason === 'string' ? reason : reason.sentence

interface Working {
  readonly store: Store
  readonly ledger: Ledger
  /** Writes one thing: received, then kept with the mark of what it was judged from, and a file that the row names. */
  work(n: number): Promise<void>
  witness(): void
  /** In order, as at a stop. */
  stop(): Promise<void>
}

async function working(): Promise<Working> {
  const unlock = must(takeLock(data))
  const store = await openStore({ file: join(data, 'store', 'mangru.db'), migrations: MIGRATIONS })
  const ledger = await openLedger({ directory: join(data, 'ledger'), clock: machineClock, segmentBytes: 200_000 })
  const feed = ledger.feed('busan')
  const witness = (): void => {
    const head = auditHead(store)
    if (head) ledger.control({ control: 'audit', n: head.n, hash: head.hash }, machineClock.now())
  }
  return {
    store,
    ledger,
    witness,
    async work(n) {
      const mark = ledger.append(feed, Buffer.from(`received ${n} ${'x'.repeat(500)}`), machineClock.now())
      const bytes = Buffer.from(`photo ${n}`)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (n % 10 === 0) put(`attachments/${sha256.slice(0, 2)}/${sha256}`, bytes)
      await store.write([
        auditStatement({ atMs: machineClock.now(), who: 'kim', deed: 'test', thing: String(mark), note: n % 10 === 0 ? sha256 : '' }),
      ])
    },
    async stop() {
      witness()
      await store.close()
      await ledger.close()
      unlock()
    },
  }
}

/** What does not fit in a data folder; nothing when it is whole. */
function faultsOf(directory: string, isOpen = false): string[] {
  const faults: string[] = []
  const verdict = verifyLedger(join(directory, 'ledger'), { isOpen })
  if (!verdict.ok) faults.push(`${verdict.file}: ${verdict.why}`)
  let entries = 0
  const witnesses: { readonly n: number; readonly hash: string }[] = []
  readLedger(join(directory, 'ledger'), {}, ({ mark, bytes, feed }) => {
    entries = mark + 1
    const witness = feed === 0 ? auditWitnessOf(bytes) : undefined
    if (witness) witnesses.push(witness)
  })
  const database = new DatabaseSync(join(directory, 'store', 'mangru.db'), { readOnly: true })
  try {
    const read = <Row>(sql: string) => database.prepare(sql).all() as Row[]
    const { bad } = verifyAudit({ read })
    if (bad) faults.push(`audit row ${bad.n}: ${bad.why}`)
    const rows = read<{ n: number; hash: string; thing: string; note: string }>('SELECT n, hash, thing, note FROM audit ORDER BY n')
    for (const { n, hash } of witnesses) if (rows[n - 1]?.hash !== hash) faults.push(`row ${n} is not what the ledger witnessed`)
    for (const { n, thing, note } of rows) {
      if (Number(thing) >= entries) faults.push(`row ${n} was judged from entry ${thing}, and there are ${entries}`)
      if (note !== '' && !existsSync(join(directory, 'attachments', note.slice(0, 2), note))) faults.push(`row ${n}: its file is missing`)
    }
  } finally {
    database.close()
  }
  return faults
}
const rowsIn = (directory: string): number => {
  const database = new DatabaseSync(join(directory, 'store', 'mangru.db'), { readOnly: true })
  const n = Number(database.prepare('SELECT count(*) AS n FROM audit').get()?.n)
  database.close()
  return n
}

test('a folder that is written into is copied again and again, and each copy is whole: evidence for every row, a row for every hash', async () => {
  const product = await working()
  let isOver = false
  let n = 0
  const merged: number[] = []
  put('tracks/2026/07/0.parquet', '0')
  put('tracks/durable-0', '')
  const writing = (async () => {
    for (; !isOver; n++) {
      await product.work(n)
      if (n % 200 === 0) product.witness()
      // Pieces of tracks come, are vouched for and merged away, as the archive does it.
      put(`tracks/2026/07/${n}.parquet`, `${n}`)
      put(`tracks/durable-${n}`, '')
      for (const old of readdirSync(join(data, 'tracks')))
        if (old.startsWith('durable-') && old !== `durable-${n}`) rmSync(join(data, 'tracks', old))
      // Faster than any copy of them is made; in life hours pass between two merges.
      if (n % 20 !== 19) continue
      for (let piece = merged.length; piece <= n; piece++) merged.push(piece)
      put('tracks/2026/07.parquet.tmp', merged.join())
      renameSync(join(data, 'tracks/2026/07.parquet.tmp'), join(data, 'tracks/2026/07.parquet'))
      rmSync(join(data, 'tracks/2026/07'), { recursive: true })
    }
  })()
  const before: number[] = []
  try {
    for (let round = 0; round < 3; round++) {
      before.push(rowsIn(data))
      must(await backup())
    }
  } finally {
    isOver = true
    await writing
    await product.stop()
  }
  const copies = backupsIn(to).map(one => join(one.folder, 'data'))
  expect(copies.map(copy => [...faultsOf(copy), ...piecesMissing(copy)])).toEqual([[], [], []])
  for (const [round, copy] of copies.entries()) expect(rowsIn(copy)).toBeGreaterThanOrEqual(before[round] ?? 0)
  for (const one of backupsIn(to))
    expect(await verifyBackup(must(chooseBackup({ from: one.folder })), () => {})).toMatchObject({ ok: true })
})

/** Up to what the top vouches for every piece is there, by itself or merged. */
function piecesMissing(copy: string): number[] {
  const tracks = join(copy, 'tracks')
  const vouched = Math.max(...readdirSync(tracks).map(name => Number(/^durable-(\d+)$/.exec(name)?.[1] ?? -1)))
  const there = new Set(
    readdirSync(tracks, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.parquet'))
      .flatMap(name => readFileSync(join(tracks, name), 'utf8').split(',').map(Number)),
  )
  expect(vouched).toBeGreaterThanOrEqual(0)
  return Array.from({ length: vouched + 1 }, (_, piece) => piece).filter(piece => !there.has(piece))
}

test('a stopped folder and a killed one are copied too; a torn tail stays a torn tail, and one cut after the stop stays a fault', async () => {
  const product = await working()
  for (let n = 0; n < 20; n++) await product.work(n)
  await product.stop()
  expect(faultsOf(must(await backup()).folder.concat('/data'))).toEqual([])
  const [newest = ''] = readdirSync(join(data, 'ledger'))
    .filter(name => name.endsWith('.mgl'))
    .slice(-1)
  const path = join(data, 'ledger', newest)
  const head = readFileSync(join(data, 'ledger', 'HEAD'))
  rmSync(join(data, 'ledger', 'HEAD'))
  appendFileSync(path, readFileSync(path).subarray(0, 90))
  const copy = join(must(await backup()).folder, 'data')
  expect(faultsOf(copy)).toEqual([])
  expect(verifyLedger(join(copy, 'ledger'))).toMatchObject({
    notes: [expect.stringMatching(/torn tail of 90 bytes/), expect.stringMatching(/was copied at/)],
  })
  writeFileSync(path, readFileSync(path).subarray(0, -90))
  writeFileSync(
    join(data, 'ledger', 'HEAD'),
    head.toString().replace(/^./, letter => (letter === '0' ? '1' : '0')),
  )
  const altered = join(must(await backup()).folder, 'data')
  expect(faultsOf(altered).join()).toMatch(/cut or changed after an orderly stop/)
})

test('what has not changed is shared with the backup before, and what has is not written into that', async () => {
  put('attachments/ab/one', 'a photo')
  put('ledger/00000001.mgl.zst', 'closed')
  put('names/unknown.json', 'old')
  const first = must(await backup())
  put('names/unknown.json', 'new')
  const second = must(await backup())
  const inode = (of: typeof first, path: string) => statSync(join(of.folder, 'data', path)).ino
  expect(inode(second, 'attachments/ab/one')).toBe(inode(first, 'attachments/ab/one'))
  expect(readFileSync(join(first.folder, 'data', 'names/unknown.json'), 'utf8')).toBe('old')
  expect(readFileSync(join(second.folder, 'data', 'names/unknown.json'), 'utf8')).toBe('new')
  expect(second.manifest.newBytes).toBeLessThan(first.manifest.newBytes)
})

test('shared bytes that a disk has lost are found after a week and copied anew', async () => {
  put('attachments/ab/one', 'a photo')
  const first = must(await backup())
  writeFileSync(join(first.folder, 'data', 'attachments/ab/one'), 'a ph0to')
  const inAWeek = { ...machineClock, now: () => epochMs(machineClock.now() + 8 * 86_400_000) }
  const second = must(await backup({ clock: inAWeek }))
  expect(readFileSync(join(second.folder, 'data', 'attachments/ab/one'), 'utf8')).toBe('a photo')
})

test.each([
  ['inside the data folder', () => join(data, 'backups')],
  ['the data folder itself', () => data],
  [
    'a link into the data folder',
    () => {
      symlinkSync(data, join(folder.path, 'link'))
      return join(folder.path, 'link', 'backups')
    },
  ],
])('a destination that is %s is refused', async (_what, where) => {
  expect(reasonOf(await backup({ to: where() }))).toMatch(/lies in the data folder/)
  expect(readdirSync(data)).toEqual([])
})

test('another data folder is no destination', async () => {
  mkdirSync(join(to, 'ledger'), { recursive: true })
  expect(reasonOf(await backup())).toMatch(/is a data folder/)
})

test('a disk that fills in the middle leaves the backup before whole and nothing half-made', async () => {
  put('attachments/ab/one', 'a photo')
  const first = must(await backup())
  put('attachments/ab/two', 'another')
  const full = await backup({
    onProgress(_what, bytes) {
      if (bytes > 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    },
  })
  expect(reasonOf(full)).toMatch(/is full: make room.*is still there and whole/)
  expect(readdirSync(to)).toEqual([first.folder.split('/').at(-1)])
  expect(await verifyBackup(must(chooseBackup({ from: to })), () => {})).toMatchObject({ ok: true })
})

test('two backups into one folder at once: the second is refused, and what a killed one left goes with the next', async () => {
  put('attachments/ab/one', 'a photo')
  mkdirSync(join(to, '.mangru-2026-11-26T00-00-00-000Z.part', 'data'), { recursive: true })
  const both = await Promise.all([backup(), backup()])
  expect(both.filter(one => one.ok)).toHaveLength(1)
  expect(both.map(reasonOf).join()).toMatch(/another backup is being made/)
  expect(readdirSync(to)).toHaveLength(1)
})

test('a restored folder holds what was backed up, byte for byte and with its times, and the product may start on it', async () => {
  const product = await working()
  for (let n = 0; n < 5; n++) await product.work(n)
  put('keys/secret.key', 'a key', 0o600)
  put('tracks/2026/11/26/07.parquet', 'positions')
  utimesSync(join(data, 'tracks/2026/11/26/07.parquet'), 1_700_000_000, 1_700_000_000)
  putKey()
  must(await backup())
  await product.stop()
  const restored = must(await restore())
  expect(restored.key).toMatch(/^[0-9a-f]{32}$/)
  const there = join(folder.path, 'new')
  expect(faultsOf(there)).toEqual([])
  expect(statSync(join(there, 'tracks/2026/11/26/07.parquet')).mtimeMs).toBe(1_700_000_000_000)
  expect(statSync(join(there, 'keys/secret.key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(there).sort()).toEqual(['attachments', 'keys', 'ledger', 'restored.json', 'store', 'tracks'])
})

test('the first bad file is named and nothing is put in place: changed, missing, the list itself, another’s signature', async () => {
  put('attachments/ab/one', 'a photo')
  putKey()
  const { folder: made } = must(await backup())
  const file = join(made, 'data', 'attachments/ab/one')
  writeFileSync(file, 'a ph0to')
  expect(reasonOf(await restore())).toMatch(/attachments\/ab\/one is not what was backed up/)
  rmSync(file)
  expect(reasonOf(await restore())).toMatch(/attachments\/ab\/one is missing/)
  expect(readdirSync(join(folder.path, 'new'))).toEqual([])
  expect(reasonOf(await restore({ key: '00'.repeat(16) }))).toMatch(/is signed with the key/)
  const list = join(made, 'manifest.json')
  writeFileSync(list, readFileSync(list, 'utf8').replace('9.9.9', '9.9.8'))
  expect(reasonOf(await restore())).toMatch(/manifest\.json: its signature does not fit/)
  for (const name of ['manifest.sig', 'public-key.pem']) rmSync(join(made, name))
  writeFileSync(list, readFileSync(list, 'utf8').replace('attachments/ab/one', '../../outside'))
  expect(reasonOf(await restore())).toMatch(/names a file outside the data folder/)
  writeFileSync(list, readFileSync(list, 'utf8').replace('mangru-backup/1', 'mangru-backup/2'))
  expect(reasonOf(await restore())).toMatch(/use the version that made it/)
})

test('a folder that is not empty is refused; with force what is there is moved aside, not deleted', async () => {
  put('attachments/ab/one', 'a photo')
  must(await backup())
  const there = join(folder.path, 'new')
  mkdirSync(join(there, 'store'), { recursive: true })
  writeFileSync(join(there, 'store', 'mangru.db'), 'older')
  expect(reasonOf(await restore())).toMatch(/is not empty \(store\).*--force/)
  const { aside = '' } = must(await restore({ force: true }))
  expect(readFileSync(join(aside, 'store', 'mangru.db'), 'utf8')).toBe('older')
  expect(readFileSync(join(there, 'attachments/ab/one'), 'utf8')).toBe('a photo')
})

test('a restore that was cut is no data folder: a start says so', () => {
  mkdirSync(join(data, 'restoring'))
  expect(cutRestoreIn(data)).toMatch(/was cut; run mangru restore/)
})

test('with a passphrase the keys leave encrypted, and come back with it alone', async () => {
  put('keys/secret.key', 'the house key', 0o600)
  put('attachments/ab/one', 'a photo')
  const { folder: made } = must(await backup({ passphrase: 'correct horse battery' }))
  expect(readFileSync(join(made, 'data', 'keys/secret.key')).includes('the house key')).toBe(false)
  expect(readFileSync(join(made, 'data', 'attachments/ab/one'), 'utf8')).toBe('a photo')
  expect(reasonOf(await restore())).toMatch(/holds encrypted keys.*--passphrase-file/)
  expect(reasonOf(await restore({ passphrase: 'wrong horse battery' }))).toMatch(/the passphrase does not open/)
  must(await restore({ passphrase: 'correct horse battery' }))
  expect(readFileSync(join(folder.path, 'new', 'keys/secret.key'), 'utf8')).toBe('the house key')
})

test('by a time the newest backup not after it is chosen', async () => {
  put('attachments/ab/one', 'a photo')
  const first = must(await backup())
  const [one] = backupsIn(to)
  must(await backup())
  expect(must(chooseBackup({ from: to, atMs: one?.atMs ?? 0 })).folder).toBe(first.folder)
  expect(reasonOf(chooseBackup({ from: to, atMs: 0 }))).toMatch(/no backup from before that time/)
})

test('of many backups the newest stay and the last of each day (KST); the newest stays whatever the rule says', () => {
  const at = (text: string) => ({ name: text, atMs: Date.parse(`${text}:00+09:00`) })
  const days = [
    '2026-11-20T09:00',
    '2026-11-24T23:00',
    '2026-11-24T23:59',
    '2026-11-25T00:00',
    '2026-11-25T23:59',
    '2026-11-26T06:00',
    '2026-11-26T07:00',
  ]
  const going = (rule: { newest: number; days: number }) =>
    superseded(days.map(at), rule, Date.parse('2026-11-26T08:00:00+09:00')).map(one => one.name)
  expect(going({ newest: 2, days: 3 })).toEqual(['2026-11-20T09:00', '2026-11-24T23:00', '2026-11-25T00:00'])
  expect(going({ newest: 1, days: 0 })).toEqual(days.slice(0, -1))
  expect(going({ newest: 0, days: 0 })).toEqual(days.slice(0, -1))
  expect(going({ newest: 100, days: 0 })).toEqual([])
})

test('what the list does not know is copied all the same, and told; a database in it is of one moment', async () => {
  put('strange/2026/11/26.pdf', 'a paper')
  const database = new DatabaseSync(join(data, 'strange', 'index.db'))
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (7)')
  const said: string[] = []
  const made = must(await backup({ warn: sentence => said.push(sentence) }))
  database.close()
  expect(said).toEqual([expect.stringMatching(/strange is not in the list/)])
  const copy = new DatabaseSync(join(made.folder, 'data', 'strange', 'index.db'), { readOnly: true })
  expect(copy.prepare('SELECT a FROM t').all()).toMatchObject([{ a: 7 }])
  copy.close()
  expect(readdirSync(join(made.folder, 'data', 'strange')).sort()).toEqual(['2026', 'index.db'])
})

test('every folder that the sources put below a data folder is in the list', () => {
  const sources = readdirSync(new URL('../..', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.ts$/.test(name) && !/test/.test(name))
    .map(name => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'))
  const named = new Set(
    sources.flatMap(text => [...text.matchAll(/join\((?:options\.)?data(?:Directory)?, '([^'/]+)'/g)].map(found => found[1] ?? '')),
  )
  expect(named.size).toBeGreaterThan(5)
  expect(partsOf([...named]).unknown).toEqual([])
  expect(new Set(DATA_PARTS.map(part => part.name)).size).toBe(DATA_PARTS.length)
})
