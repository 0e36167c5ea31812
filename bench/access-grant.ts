// Rights: what one decision costs with 1,000 people of all posts at all organisations and every deed of the product: known already (as at every request and live
// message), and worked out anew (the first time after a change).
import { join } from 'node:path'
import { ACCESS_MIGRATIONS, createAccess } from '#access/index.ts'
import { type Caller, POSTS } from '#base/index.ts'
import { openStore } from '#platform/store/index.ts'
import { machineClock } from '../src/platform/clock/index.ts'
import { POLICIES } from '../src/roles/policies.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Bench } from './bench.ts'

const PEOPLE = 1000
const DECISIONS = 2_000_000

export const bench: Bench = {
  name: 'access-grant',
  question: 'what does a decision on rights cost, for 1,000 accounts and every deed?',
  async run() {
    const folder = temporaryFolder()
    const store = await openStore({ file: join(folder.path, 'store.db'), migrations: ACCESS_MIGRATIONS })
    const access = createAccess({
      policies: POLICIES,
      store,
      clock: machineClock,
      secondExpiresAfterMs: 1_800_000,
      keepLeaversMs: 86_400_000,
    })
    try {
      const organisations = access.organisations().all
      const place = (n: number): string => organisations[n % organisations.length]?.id ?? ''
      await access.people.addAll(
        Array.from({ length: PEOPLE }, (_, n) => ({
          loginName: `person-${n}`,
          name: `person ${n}`,
          organisation: place(n),
          // Some hold three posts, as people do.
          posts: [0, 7, 13].slice(0, 1 + (n % 3)).flatMap(k => {
            const post = POSTS[(n + k) % POSTS.length]
            return post ? [{ post, organisation: place(n + k), fromMs: 0 }] : []
          }),
        })),
        { who: 'bench' },
      )
      const ids = access.people.all().map(person => person.id)
      const deeds = POLICIES.map(policy => policy.deed)
      const callers = (session: string): readonly Caller[] => ids.flatMap(id => access.callerFor(id, session) ?? [])
      const things = organisations.map(one => [one.id])
      let allowed = 0
      const decide = (caller: Caller, n: number): void => {
        const grant = access.grantOf(caller, deeds[n % deeds.length] ?? '')
        if (grant?.covers(things[n % things.length] ?? []) && !grant.needsSecond(things[n % things.length])) allowed++
      }
      const first = callers('first')
      const began = performance.now()
      for (let n = 0; n < first.length * deeds.length; n++) decide(first[Math.floor(n / deeds.length)]!, n)
      const anewUs = ((performance.now() - began) * 1000) / (first.length * deeds.length)
      const at = performance.now()
      for (let n = 0; n < DECISIONS; n++) decide(access.callerFor(ids[n % ids.length]!, 'first')!, n)
      const knownUs = ((performance.now() - at) * 1000) / DECISIONS
      const size = `${PEOPLE} people, ${deeds.length} deeds, ${organisations.length} organisations; ${allowed} allowed`
      return [
        { name: 'decision, caller looked up, grant known', value: knownUs, unit: 'µs', size, goal: 'at most 10 µs' },
        { name: 'decision, grant worked out anew', value: anewUs, unit: 'µs', size, goal: 'at most 10 µs' },
      ]
    } finally {
      access.close()
      await store.close()
      folder.remove()
    }
  },
}
