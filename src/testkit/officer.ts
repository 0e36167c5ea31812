// An officer of every post at head office, signed in: for tests that want to do things and not to sign in. Laid into the store of a data folder before the product starts.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { hashOf } from '#access/sign-in/index.ts'
import { type Appointment, POSTS } from '#base/index.ts'

/** Somebody with an account, and the posts they hold. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly appointments: readonly Appointment[]
}

export const OFFICER = { id: 'officer', name: '당직' } as const
const LASTS_MS = 30 * 86_400_000

/** The token of a new session. `makeStore` makes the store where there is none yet; `who`: a colleague of the officer, of every post too. */
export async function signInOfficer(
  data: string,
  makeStore: () => Promise<void>,
  who: { readonly id: string; readonly name: string } = OFFICER,
): Promise<string> {
  const [token = ''] = await signInAll(data, makeStore, [
    { ...who, organisation: 'hq', appointments: POSTS.map(post => ({ post, organisation: 'hq' })) },
  ])
  return token
}

/** The tokens of a new session of each, in one transaction: a thousand passwords would take minutes to be hashed. */
export async function signInAll(data: string, makeStore: () => Promise<void>, accounts: readonly Account[]): Promise<readonly string[]> {
  const file = join(data, 'store', 'mangru.db')
  if (!existsSync(file)) await makeStore()
  const database = new DatabaseSync(file)
  try {
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; BEGIN IMMEDIATE')
    const nowMs = Date.now()
    const person = database.prepare(
      "INSERT OR IGNORE INTO people (id, login_name, name, organisation, kind, is_active, created_ms) VALUES (?, ?, ?, ?, 'person', 1, ?)",
    )
    const appointment = database.prepare('INSERT INTO appointments (person, post, organisation, from_ms) VALUES (?, ?, ?, 0)')
    // Somebody works there for as long as the session lasts: it does not lock.
    const session = database.prepare(
      "INSERT INTO sessions (id, hash, person, ways, agent, address, made_ms, seen_ms, active_ms, ends_ms) VALUES (?, ?, ?, 'test', '', '', ?, ?, ?, ?)",
    )
    const tokens = accounts.map(({ id, name, organisation, appointments }) => {
      const { changes } = person.run(id, id, name, organisation, nowMs)
      if (changes === 1) for (const one of appointments) appointment.run(id, one.post, one.organisation)
      const token = randomBytes(32).toString('base64url')
      session.run(`s-${randomBytes(6).toString('hex')}`, hashOf(token), id, nowMs, nowMs, nowMs + LASTS_MS, nowMs + LASTS_MS)
      return token
    })
    database.exec('COMMIT')
    return tokens
  } finally {
    database.close()
  }
}
