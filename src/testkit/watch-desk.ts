// The duty log, hand-overs and rosters on a real store in a folder of their own, with a clock moved by hand: for tests of the room and of those above it.
import { join } from 'node:path'
import { createDuty, DUTY_MIGRATIONS, PATTERNS, type Roster, rosterFrom } from '#access/duty/index.ts'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { createBus } from '#platform/bus/index.ts'
import { NotKept, openStore, type Store } from '#platform/store/index.ts'
import { SHIFTS_MIGRATIONS } from '#shifts/index.ts'
import { temporaryFolder } from './product.ts'

/** 2026-11-24 06:40 KST: twenty minutes before crew 2 hands over to crew 3. */
export const BEFORE_SEVEN = Date.UTC(2026, 10, 23, 21, 40)

/** The roster of the picture: four crews, three watches; each crew with a leader and a watch officer, people named after crew and seat. */
export function pictureRoster(organisation = 'hq', isNamed = true): Roster {
  const pattern = PATTERNS.find(one => one.id === '4x3')
  if (!pattern) throw new Error('the pattern 4x3 is gone')
  const roster = rosterFrom(pattern, {
    id: `roster-${organisation}`,
    organisation,
    firstDay: '2026-11-23',
    fromDay: '2026-01-01',
    seats: [],
  })
  const seat = (crew: number, id: string, ko: string, en: string) => ({ id, ko, en, ...(isNamed ? { person: `p-${crew}-${id}` } : {}) })
  return {
    ...roster,
    crews: roster.crews.map((crew, n) => ({
      ...crew,
      seats: [seat(n + 1, 'leader', '조장', 'leader'), seat(n + 1, 'watch-1', '당직 1', 'watch 1')],
    })),
  }
}

export async function watchDesk() {
  const folder = temporaryFolder()
  /** `isDiskFull`: the store keeps nothing. */
  const hand = { nowMs: BEFORE_SEVEN, isDiskFull: false }
  const tasks = new Set<() => void>()
  const later: (() => void)[] = []
  const clock: Clock = {
    now: () => epochMs(hand.nowMs),
    every(_everyMs, task) {
      tasks.add(task)
      return () => void tasks.delete(task)
    },
    after(_afterMs, task) {
      later.push(task)
      return () => {}
    },
  }
  const faults: unknown[] = []
  const bus = createBus((_topic, error) => faults.push(error))
  const file = join(folder.path, 'store.db')
  const opened = await openStore({ file, migrations: [...ACCESS_MIGRATIONS, ...DUTY_MIGRATIONS, ...SHIFTS_MIGRATIONS] })
  const store: Store = {
    ...opened,
    write: statements => (hand.isDiskFull ? Promise.reject(new NotKept('the disk is full')) : opened.write(statements)),
  }
  const duty = createDuty({
    store,
    clock,
    nameOf: id => `${id.slice(2)}○○`,
    organisations: id => [{ id, ko: id, en: id, ...(id === 'busan' ? { phone: '051-620-6114' } : {}) }],
    onChange: () => {},
  })
  return {
    store,
    bus,
    clock,
    hand,
    duty,
    file,
    faults,
    /** What happens every few seconds, and what was put off. */
    tick: () => {
      for (const task of [...tasks, ...later.splice(0)]) task()
    },
    async close() {
      await store.close()
      folder.remove()
    },
  }
}
