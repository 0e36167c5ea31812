// The store under kill -9 at full speed: every row that was answered is there, the chain of the audit trail has no gap, and the file is sound.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { ACCESS_MIGRATIONS, verifyAudit } from '#access/index.ts'
import { openStore } from '#platform/store/index.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'

const CHILD = fileURLToPath(new URL('./store-kill-child.ts', import.meta.url))

/** Lets a process write until the moment comes; the rows it was told are kept. */
function writeUntilKilled(file: string, first: number, afterMs: number): Promise<readonly number[]> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, file, String(first)])
    let said = ''
    let words = ''
    child.stdout.on('data', piece => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs)
      said += piece
    })
    child.stderr.on('data', piece => (words += piece))
    child.on('error', fail)
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') return fail(new Error(`the writer ended by itself: ${words}`))
      // What stands behind the last line end was cut off by the kill.
      done(said.split('\n').slice(1, -1).map(Number))
    })
  })
}

export const check: Check = {
  name: 'store-kill',
  promise: 'kill -9 while rows are written at full speed loses no row that was answered, and leaves the store sound',
  async run({ seed, times = 20, say }) {
    const random = seeded(seed)
    const folder = temporaryFolder()
    const file = join(folder.path, 'store.db')
    const faults: string[] = []
    let answered = 0
    let next = 0
    try {
      for (let kill = 1; kill <= times; kill++) {
        const rows = await writeUntilKilled(file, next, 20 + random() * 800)
        answered += rows.length
        const store = await openStore({ file, migrations: ACCESS_MIGRATIONS })
        const kept = new Set(
          store.read<{ thing: string }>('SELECT thing FROM audit WHERE at_ms >= ?', [next]).map(row => Number(row.thing)),
        )
        const lost = rows.filter(n => !kept.has(n))
        if (lost.length > 0) faults.push(`kill ${kill}: ${lost.length} answered rows lost, first ${lost[0]}`)
        const { bad } = verifyAudit(store)
        if (bad) faults.push(`kill ${kill}: audit row ${bad.n}: ${bad.why}`)
        next = Math.max(next, ...kept) + 1
        await store.close()
        const database = new DatabaseSync(file, { readOnly: true })
        const [sound] = database.prepare('PRAGMA integrity_check').all()
        database.close()
        if (sound?.integrity_check !== 'ok') faults.push(`kill ${kill}: ${JSON.stringify(sound)}`)
        if (kill % 10 === 0) say(`${kill} of ${times} kills, ${answered} rows answered, ${faults.length} faults`)
      }
    } finally {
      folder.remove()
    }
    return {
      pass: faults.length === 0 && answered > 0,
      figure: `${times} kills, ${answered} rows answered; ${faults.slice(0, 3).join('; ') || 'none lost, chain and file sound'}`,
    }
  },
}
