// Keys of machines, made, listed and ended by whoever holds the data folder: beside a running product, before any administrator is there, before the first start.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { seedOrganisations } from '#access/index.ts'
import { endKeyBeside, listKeys, newMachine } from '#access/sign-in/index.ts'
import { POSTS, type Post } from '#base/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { openStore, pendingMigrations, readStore, type Store } from '#platform/store/index.ts'
import { cutRestoreIn } from '../roles/backup/index.ts'
import { MIGRATIONS } from '../roles/migrations.ts'
import { POLICIES } from '../roles/policies.ts'
import { type Command, CommandFailure, UsageError } from './command.ts'
import { dataDirectory, existingDataDirectory } from './data.ts'
import { eachOption } from './options.ts'

/** What a reader of the whole house holds: figures, the watch’s picture and papers, the trail. */
const READER_POSTS: readonly Post[] = ['integrator', 'watch-leader', 'auditor']

const HELP = `usage: mangru key new --right RIGHT… [--post POST]… [--organisation ID] [--name NAME] [--days N] [--data DIR]
       mangru key list [--data DIR]
       mangru key end ID [--data DIR]

A key lets a program call the API: Authorization: Bearer mgk_… The key is the last line on stdout and is shown once; the store keeps its hash. Each key gets a machine
account of its own; what it does stands in the audit trail under that name. A running product knows it, and forgets an ended one, within two seconds.

  --right read          looks at everything its posts may look at, but at no data of persons, and changes nothing
  --right act           does whatever its posts may
  --right DEED          one deed (alarms.look, incidents.write …: docs/administrators/rights.md); may be given several times
  --post POST           posts of the account; default for a key that only reads: ${READER_POSTS.join(', ')}; else integrator
  --organisation ID     where it holds them; default hq, head office: the whole country
  --name NAME           what the trail and the lists call it
  --days N              it ends after that many days; default: when it is ended
  --data DIR            the data folder; default ./data, or MANGRU_DATA

examples:
  mangru key new --right read
  mangru key new --right incidents.write --post field-officer --organisation busan --name 'terminal 7' --days 365
  mangru key end k-0123456789ab`

interface Wanted {
  readonly rights: string[]
  readonly posts: Post[]
  organisation: string
  name?: string
  days?: number
  data?: string
}

export const key: Command = {
  name: 'key',
  summary: 'keys for programs: new, list, end',
  help: HELP,
  async run([task, ...rest]) {
    switch (task) {
      case 'new':
        return make(parse(rest))
      case 'list':
        return list(parse(rest))
      case 'end': {
        const [id, ...more] = rest
        if (id === undefined || !/^k-[0-9a-f]+$/.test(id)) throw new UsageError('name the key as mangru key list shows it, k-…')
        return end(id, parse(more))
      }
      default:
        throw new UsageError(task ? `there is no task "${task}": new, list or end` : 'say new, list or end')
    }
  },
}

async function make(wanted: Wanted): Promise<number> {
  if (wanted.rights.length === 0) throw new UsageError('say what it may do: --right read')
  const posts =
    wanted.posts.length > 0 ? wanted.posts : wanted.rights.every(right => right === 'read') ? READER_POSTS : (['integrator'] as const)
  const data = dataDirectory(wanted.data)
  const store = await openBeside(data)
  try {
    await seedOrganisations(store)
    const made = newMachine({
      store,
      nowMs: machineClock.now(),
      rights: wanted.rights,
      posts,
      organisation: wanted.organisation,
      ...(wanted.name === undefined ? {} : { name: wanted.name }),
      ...(wanted.days === undefined ? {} : { days: wanted.days }),
    })
    if (!made.ok) throw new CommandFailure(made.reason)
    await store.write(made.value.statements)
    process.stderr.write(
      `${made.value.key.id} · ${made.value.key.name} · ${wanted.rights.join(' ')} · ${posts.join(' ')} @ ${wanted.organisation}\n`,
    )
    process.stdout.write(`${made.value.token}\n`)
    return 0
  } finally {
    await store.close()
  }
}

async function list(wanted: Wanted): Promise<number> {
  const data = existingDataDirectory(wanted.data)
  const store = readStore(join(data, 'store', 'mangru.db'), MIGRATIONS)
  try {
    for (const { madeMs, usedMs, endsMs, endedMs, ...one } of listKeys(store)) {
      const times = Object.entries({ madeAt: madeMs, usedAt: usedMs, endsAt: endsMs, endedAt: endedMs }).flatMap(([name, ms]) =>
        ms === undefined ? [] : [[name, new Date(ms).toISOString()]],
      )
      process.stdout.write(`${JSON.stringify({ ...one, ...Object.fromEntries(times) })}\n`)
    }
    return 0
  } finally {
    await store.close()
  }
}

async function end(id: string, wanted: Wanted): Promise<number> {
  const store = await openBeside(existingDataDirectory(wanted.data))
  try {
    const statements = endKeyBeside(store, id, machineClock.now())
    if (!statements) throw new CommandFailure(`there is no key ${id} that could be ended; mangru key list shows them`)
    await store.write(statements)
    return 0
  } finally {
    await store.close()
  }
}

/** Beside the product, should it run: SQLite lets both write. Only where there is no store yet is one made. */
async function openBeside(data: string): Promise<Store> {
  const cut = cutRestoreIn(data)
  if (cut !== undefined) throw new CommandFailure(cut)
  const file = join(data, 'store', 'mangru.db')
  try {
    if (existsSync(file) && pendingMigrations(file, MIGRATIONS).length > 0)
      throw new CommandFailure(`${file} is of an older version; start the product once, or mangru migrate, then make the key`)
    return await openStore({ file, migrations: MIGRATIONS })
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw new CommandFailure(error instanceof Error ? error.message : String(error))
  }
}

function parse(args: readonly string[]): Wanted {
  const wanted: Wanted = { rights: [], posts: [], organisation: 'hq' }
  eachOption(args, (word, value) => {
    switch (word) {
      case '--right': {
        const right = value()
        if (right !== 'read' && right !== 'act' && !POLICIES.some(policy => policy.deed === right))
          throw new UsageError(`--right ${right}: read, act, or a deed of docs/administrators/rights.md`)
        wanted.rights.push(right)
        break
      }
      case '--post': {
        const name = value()
        const post = POSTS.find(one => one === name)
        if (!post) throw new UsageError(`--post ${name}: one of ${POSTS.join(', ')}`)
        wanted.posts.push(post)
        break
      }
      case '--organisation':
        wanted.organisation = value()
        break
      case '--name':
        wanted.name = value()
        break
      case '--days': {
        const days = value()
        wanted.days = Number(days)
        if (!(wanted.days > 0 && wanted.days <= 3650)) throw new UsageError(`--days ${days}: 1 to 3650`)
        break
      }
      case '--data':
        wanted.data = value()
        break
      default:
        throw new UsageError(word.startsWith('--') ? `there is no option ${word}` : `${word} is a word too many`)
    }
  })
  return wanted
}
