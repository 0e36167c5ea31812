// Reliability check 17: a data folder of the first tables, brought up to this version and killed with -9 after and within each step, has everything it had; the product works on it.
// A folder that a newer version has written is refused with a sentence and stays as it is.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { verifyAudit } from '#access/index.ts'
import { migrate, pendingMigrations } from '#platform/store/index.ts'
import { MIGRATIONS } from '../src/roles/migrations.ts'
import { runCommand, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'
import { FIRST_TABLES, makeOldFolder } from './old-folder.ts'

const CHILD = fileURLToPath(new URL('./upgrade-child.ts', import.meta.url))
const ALARMS = 600
/** A step takes some milliseconds: within so long after the one before, most kills fall into the next. */
const WITHIN_MS = 8

export const check: Check = {
  name: 'upgrade',
  promise:
    'a data folder of the first tables opens with nothing lost, killed after and within each migration; a newer folder is refused and left as it is',
  async run({ seed, times = 2, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const [old, tried] = [join(folder.path, 'old'), join(folder.path, 'tried')]
    const file = join(tried, 'store', 'mangru.db')
    const list = join(folder.path, 'steps.json')
    const faults: string[] = []
    let kills = 0
    let cuts = 0
    try {
      await makeOldFolder(old, ALARMS)
      writeFileSync(list, JSON.stringify(MIGRATIONS))
      const before = tablesOf(join(old, 'store', 'mangru.db'))
      const rawBefore = (await runCommand(['raw', '--data', old])).stdout
      const steps = pendingMigrations(join(old, 'store', 'mangru.db'), MIGRATIONS)
      for (const [n, step] of steps.entries()) {
        for (let round = 0; round <= times; round++) {
          rmSync(tried, { recursive: true, force: true })
          cpSync(old, tried, { recursive: true })
          // Round 0: right after the step; then: somewhere within it.
          if (round === 0) await untilKilled([file, list, step])
          else await untilKilled([file, list], steps[n - 1] ?? 'ready', random() * WITHIN_MS)
          kills++
          const left = pendingMigrations(file, MIGRATIONS)
          if (left.length > 0 && left.length < steps.length) cuts++
          migrate(file, MIGRATIONS)
          faults.push(...faultsOf(file, before).map(fault => `killed ${round === 0 ? 'after' : 'within'} ${step}: ${fault}`))
        }
      }
      say(`${kills} kills at ${steps.length} steps, ${cuts} of them between the first and the last; ${faults.length} faults`)
      faults.push(...(await worksOn(tried, rawBefore)))
      faults.push(...(await refusesNewer(tried)))
      return {
        pass: faults.length === 0,
        figure: `${ALARMS} alarms, ${Object.values(before).length} tables of the first version, ${steps.length} migrations, ${kills} kills; ${faults.length} faults${faults.length ? `: ${faults.slice(0, 4).join('; ')}` : ''}`,
      }
    } finally {
      folder.remove()
    }
  },
}

/** Lets the migrating process go to its end, or until so long after it said this. */
function untilKilled(args: readonly string[], said?: string, waitMs = 0): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, ...args])
    let words = ''
    let lines = ''
    let isDue = false
    child.stdout.on('data', piece => {
      lines += piece
      if (said === undefined || isDue || !lines.includes(`${said}\n`)) return
      isDue = true
      setTimeout(() => child.kill('SIGKILL'), waitMs)
    })
    child.stderr.on('data', piece => (words += piece))
    child.on('error', fail)
    child.on('close', (code, signal) =>
      code === 0 || signal === 'SIGKILL' ? done() : fail(new Error(`migrating ended with ${code}: ${words}`)),
    )
  })
}

/** Hash of each table of the first version, by its columns of then. */
function tablesOf(file: string): Readonly<Record<string, string>> {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return Object.fromEntries(
      Object.entries(FIRST_TABLES).map(([table, columns]) => {
        const rows = database.prepare(`SELECT ${columns} FROM ${table} ORDER BY 1, 2`).all()
        return [table, `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`]
      }),
    )
  } finally {
    database.close()
  }
}

function faultsOf(file: string, before: Readonly<Record<string, string>>): string[] {
  const faults: string[] = []
  const left = pendingMigrations(file, MIGRATIONS)
  if (left.length > 0) faults.push(`${left.join(', ')} not done`)
  const now = tablesOf(file)
  for (const [table, words] of Object.entries(before)) if (now[table] !== words) faults.push(`${table} was ${words}, is ${now[table]}`)
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const { bad } = verifyAudit({
      read: <Row>(sql: string, values: readonly (string | number | null)[] = []) => database.prepare(sql).all(...values) as Row[],
    })
    if (bad) faults.push(`audit row ${bad.n}: ${bad.why}`)
    const [sound] = database.prepare('PRAGMA integrity_check').all()
    if (sound?.integrity_check !== 'ok') faults.push(JSON.stringify(sound))
  } finally {
    database.close()
  }
  return faults
}

/** The product on the folder: what the doors tell, what verify and check find. */
async function worksOn(data: string, rawBefore: string): Promise<string[]> {
  const faults: string[] = []
  const open = ALARMS - 2 * Math.floor(ALARMS / 6)
  const product = await startProduct(data, ['--no-demo'])
  const count = async (path: string, fits: (one: { readonly id?: string; readonly state?: string }) => boolean): Promise<number> =>
    (await product.get<{ id?: string; state?: string }[]>(path)).filter(fits).length
  const told: readonly (readonly [string, number, number])[] = [
    ['open alarms', await count('/api/alarms', () => true), open],
    ['shelved alarms', await count('/api/alarms', one => one.state === 'shelved'), ALARMS / 6],
    ['areas', await count('/api/areas', one => /^area-\d+$/.test(one.id ?? '')), 20],
    ['holds', await count('/api/holds', () => true), 1],
    ['permits', await count('/api/permits', () => true), 1],
    ['watched ships', await count('/api/ships?watched=true', () => true), 1],
    ['feeds', await count('/api/feeds', () => true), 1],
  ]
  for (const [what, is, was] of told) if (is !== was) faults.push(`${is} ${what} instead of ${was}`)
  await product.stop()
  const raw = (await runCommand(['raw', '--data', data])).stdout
  if (rawBefore === '' || !raw.startsWith(rawBefore)) faults.push('what was received reads differently')
  for (const command of ['verify', 'check']) {
    const { code, stderr } = await runCommand([command, '--data', data])
    if (code !== 0) faults.push(`${command}: ${stderr.trim()}`)
  }
  return faults
}

async function refusesNewer(data: string): Promise<string[]> {
  const database = new DatabaseSync(join(data, 'store', 'mangru.db'))
  database.exec("INSERT INTO migrations (id, hash) VALUES ('future-0001', 'f'); PRAGMA wal_checkpoint(TRUNCATE)")
  database.close()
  const before = filesOf(data)
  const faults: string[] = []
  for (const words of [['start', '--no-demo', '--port', '0'], ['migrate']]) {
    const { code, stderr } = await runCommand([...words, '--data', data])
    if (code === 0 || !/written by a newer version \(it knows future-0001\); use that version/.test(stderr))
      faults.push(`${words[0]} on a newer folder ended with ${code}: ${stderr.trim().slice(0, 200)}`)
  }
  const after = filesOf(data)
  if (after !== before) faults.push(`a refused start changed the folder: ${before.length} → ${after.length}`)
  return faults
}

/** Names and contents, but for SQLite's own files beside the store. */
const filesOf = (data: string): string =>
  readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(data, name)).isFile() && !/-(?:wal|shm)$/.test(name))
    .sort()
    .map(
      name =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(data, name)))
          .digest('hex')}`,
    )
    .join('\n')
