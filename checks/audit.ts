// Reliability check 28: every change of the product leaves a row in the trail, by whoever made it; and whatever somebody with the store's file in hand does to the trail, `verify` finds it
// and names the row.
import { createHash } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { runCommand, temporaryFolder } from '../src/testkit/product.ts'
import { type Check, seeded } from './check.ts'
import { type Asked, NOT_ASKED, wholeRound } from './whole-round.ts'

/** Asked with a body or sent in pieces, and nothing of the house is changed by it. */
const CHANGES_NOTHING: Readonly<Record<string, string>> = {
  'POST /api/feeds/test': 'listens and tells what comes',
  'POST /api/people/import/preview': 'tells what an import would do',
  'POST /api/rights/effect': 'tells what a change would do',
  'POST /api/incidents/read-words': 'reads kind and place out of words',
  'POST /api/statistics/answers': 'counts',
  'POST /api/statistics/preview': 'counts',
  'PUT /api/incident-drafts/:id': 'what nobody has sent yet, its writer’s own',
  'DELETE /api/incident-drafts/:id': 'what nobody has sent yet, its writer’s own',
  'POST /api/attachments': 'nobody sees it before it is done',
  'PUT /api/attachments/:id/bytes': 'nobody sees it before it is done',
  'POST /api/incidents/:id/read': 'a receipt: who has read how far stands at the incident',
  'POST /api/seals/reports': 'what seals say: it lies in the ledger under the account that brought it',
  'POST /api/gates/events': 'what a gate saw: it stands in the custody of the journey',
  'POST /api/telling/preview': 'tells what would go out',
  'POST /api/telling/rules/check': 'tells what is wrong',
  'POST /api/telling/rules/try': 'tells what would go out',
  'POST /api/session/active': 'somebody works at that desk',
}

interface Row {
  readonly n: number
  readonly who: string
  readonly deed: string
}

export const check: Check = {
  name: 'audit',
  promise:
    'every changing route leaves a row of whoever asked; a row changed, taken out, moved or written anew is found by verify, which names it',
  async run({ seed, times = 40, say }) {
    const folder = temporaryFolder()
    const data = join(folder.path, 'data')
    const faults: string[] = []
    const routes = new Set<string>()
    try {
      let last = 0
      let typed = 0
      let trail: DatabaseSync | undefined
      const left = new Map<string, boolean>()
      const look = ({ route, who, status, path, body }: Asked): void => {
        trail ??= new DatabaseSync(join(data, 'store', 'mangru.db'), { readOnly: true })
        const rows = trail.prepare('SELECT n, who, deed FROM audit WHERE n > ? ORDER BY n').all(last) as unknown as Row[]
        last = rows.at(-1)?.n ?? last
        if (status >= 300) return void faults.push(`${route} could not be tried: ${path} ${status} ${JSON.stringify(body).slice(0, 200)}`)
        routes.add(route)
        left.set(route, (left.get(route) ?? false) || rows.some(row => row.who === who))
      }
      const round = await wholeRound({ data, words: field => `감사 ${field} ${++typed}`, onAsked: look })
      trail?.close()
      await round.stop()
      faults.push(...round.missed.map(route => `${route} is asked by nobody: add it to checks/whole-round.ts`))
      for (const [route, isLeft] of left)
        if (!isLeft && CHANGES_NOTHING[route] === undefined) faults.push(`${route} left no row of whoever asked`)
      say(
        `${routes.size} changing routes tried, ${Object.keys(NOT_ASKED).length} left to the tests of the sign-in, ${faults.length} faults`,
      )
      const tampered = await tamper(data, join(folder.path, 'altered'), seed, times)
      faults.push(...tampered.faults)
      return {
        pass: faults.length === 0,
        figure: `${routes.size} changing routes, ${Object.keys(CHANGES_NOTHING).length} of them change nothing; ${tampered.found} of ${tampered.tried} changes to ${tampered.rows} rows found and named; ${faults.length} faults${faults.length ? `: ${faults.slice(0, 5).join('; ')}` : ''}`,
      }
    } finally {
      folder.remove()
    }
  },
}

interface Whole extends Record<string, string | number | bigint | null | Uint8Array> {
  n: number
  at_ms: number
  who: string
  deed: string
  thing: string
  note: string
  session: string
  second: string
  hash: string
}

/** Writes hashes as the product does, from this row on: whoever alters a row and knows how. */
function rechain(database: DatabaseSync, from: number): void {
  let hash = String(database.prepare('SELECT hash FROM audit WHERE n = ?').get(from - 1)?.hash ?? '')
  const write = database.prepare('UPDATE audit SET hash = ? WHERE n = ?')
  for (const row of database.prepare('SELECT * FROM audit WHERE n >= ? ORDER BY n').all(from) as unknown as Whole[]) {
    const { at_ms, who, deed, thing, note, session, second } = row
    const text = JSON.stringify([at_ms, who, deed, thing, note, ...(session || second ? [session, second] : [])])
    hash = createHash('sha256').update(`${hash}\n${text}`).digest('hex')
    write.run(hash, row.n)
  }
}

const ALTERATIONS: Readonly<Record<string, (database: DatabaseSync, n: number, last: number) => void>> = {
  'another time': (database, n) => void database.prepare('UPDATE audit SET at_ms = at_ms + 1 WHERE n = ?').run(n),
  'another person': (database, n) => void database.prepare("UPDATE audit SET who = 'officer-9' WHERE n = ?").run(n),
  'another deed': (database, n) => void database.prepare("UPDATE audit SET deed = 'look' WHERE n = ?").run(n),
  'another thing': (database, n) => void database.prepare("UPDATE audit SET thing = thing || 'x' WHERE n = ?").run(n),
  'another note': (database, n) => void database.prepare("UPDATE audit SET note = note || ' ' WHERE n = ?").run(n),
  'another session': (database, n) => void database.prepare("UPDATE audit SET session = 's-0' WHERE n = ?").run(n),
  'another second officer': (database, n) => void database.prepare("UPDATE audit SET second = 'p-0' WHERE n = ?").run(n),
  'another hash': (database, n) => void database.prepare("UPDATE audit SET hash = replace(hash, 'a', 'b') || 'c' WHERE n = ?").run(n),
  'taken out': (database, n) => void database.prepare('DELETE FROM audit WHERE n = ?').run(n),
  'taken out, the rest moved up and hashed anew': (database, n) => {
    database.prepare('DELETE FROM audit WHERE n = ?').run(n)
    database.prepare('UPDATE audit SET n = -n WHERE n > ?').run(n)
    database.exec('UPDATE audit SET n = -n - 1 WHERE n < 0')
    rechain(database, n)
  },
  'put in, the rest moved down and hashed anew': (database, n) => {
    database.prepare('UPDATE audit SET n = -n WHERE n >= ?').run(n)
    database.exec('UPDATE audit SET n = -n + 1 WHERE n < 0')
    database
      .prepare(
        "INSERT INTO audit (n, at_ms, who, deed, thing, note, hash) SELECT ?, at_ms, who, 'forged', thing, note, '' FROM audit WHERE n = ?",
      )
      .run(n, n + 1)
    rechain(database, n)
  },
  'changed and hashed anew to the end': (database, n) => {
    database.prepare("UPDATE audit SET thing = 'nothing' WHERE n = ?").run(n)
    rechain(database, n)
  },
  'exchanged with the next': (database, n, last) => {
    const other = n === last ? n - 1 : n + 1
    database.prepare('UPDATE audit SET n = -1 WHERE n = ?').run(n)
    database.prepare('UPDATE audit SET n = ? WHERE n = ?').run(n, other)
    database.prepare('UPDATE audit SET n = ? WHERE n = -1').run(other)
  },
  'cut off from here to the end': (database, n) => void database.prepare('DELETE FROM audit WHERE n >= ?').run(n),
  'all taken out': database => database.exec('DELETE FROM audit'),
  'the table taken out': database => database.exec('DROP TABLE audit'),
}

/** A copy, one alteration, verify; again and again. Alterations take turns; places are the first row, the last, and any between. */
async function tamper(data: string, altered: string, seed: number, times: number) {
  const random = seeded(seed)
  const faults: string[] = []
  let found = 0
  let rows = 0
  const untouched = await runCommand(['verify', '--data', data])
  if (untouched.code !== 0) faults.push(`the untouched trail does not verify: ${untouched.stderr.trim()}`)
  const kinds = Object.entries(ALTERATIONS)
  for (let at = 0; at < times; at++) {
    const [kind, alter] = kinds[at % kinds.length] ?? kinds[0]!
    rmSync(altered, { recursive: true, force: true })
    cpSync(data, altered, { recursive: true })
    const database = new DatabaseSync(join(altered, 'store', 'mangru.db'))
    rows = Number(database.prepare('SELECT max(n) AS n FROM audit').get()?.n)
    const turn = Math.floor(at / kinds.length)
    const n = turn === 0 ? 1 + Math.floor(random() * rows) : turn === 1 ? rows : turn === 2 ? 1 : 1 + Math.floor(random() * rows)
    alter(database, n, rows)
    database.close()
    const { code, stderr } = await runCommand(['verify', '--data', altered])
    if (code !== 0 && /audit: (?:row \d+|the ledger|the store)/.test(stderr)) found++
    else faults.push(`row ${n} ${kind}: verify ended with ${code} ${stderr.trim().slice(0, 200)}`)
  }
  return { tried: times, found, rows, faults }
}
