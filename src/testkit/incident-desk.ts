// Incidents on a real store in a folder of their own, with a clock moved by hand: for tests of the room and of those above it.
import { join } from 'node:path'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { type Author, createIncidents, INCIDENTS_MIGRATIONS, type Incident, type NewReport } from '#incidents/index.ts'
import { type Bus, createBus } from '#platform/bus/index.ts'
import { NotKept, openStore, type Store } from '#platform/store/index.ts'
import { SHIFTS_MIGRATIONS } from '#shifts/index.ts'
import { temporaryFolder } from './product.ts'

/** 2026-11-24 03:00 KST. */
export const NIGHT = Date.UTC(2026, 10, 23, 18)
export const KIM: Author = { id: 'kim', name: '김당직', organisation: 'hq' }
export const JUNG: Author = { id: 'jung', name: '정현장', organisation: 'busan' }

export const newReport = (id: string, change: Partial<NewReport> = {}): NewReport => ({
  id,
  organisation: 'busan',
  kind: 'suspicious-act',
  urgency: 2,
  text: '감천 5부두 서쪽 끝 불 끈 소형 보트 1척, 사람 2명이 상자 옮김',
  occurredAtMs: NIGHT - 60_000,
  goods: [],
  people: [],
  links: [],
  attachments: [],
  isInDailyReport: false,
  shareWith: [],
  ...change,
})

export async function incidentDesk(
  organisations: readonly string[] = ['hq', 'busan', 'busan-control', 'gamcheon', 'incheon'],
  folder = temporaryFolder(),
) {
  /** `isDiskFull`: the store keeps nothing. */
  const hand = { nowMs: NIGHT, isDiskFull: false }
  const tasks = new Set<() => void>()
  const clock: Clock = {
    now: () => epochMs(hand.nowMs),
    every(_everyMs, task) {
      tasks.add(task)
      return () => void tasks.delete(task)
    },
    after: () => () => {},
  }
  const faults: unknown[] = []
  const bus: Bus = createBus((_topic, error) => faults.push(error))
  const open = async (): Promise<Store> => {
    const opened = await openStore({
      file: join(folder.path, 'store.db'),
      migrations: [...ACCESS_MIGRATIONS, ...INCIDENTS_MIGRATIONS, ...SHIFTS_MIGRATIONS],
    })
    return {
      ...opened,
      write: statements => (hand.isDiskFull ? Promise.reject(new NotKept('the disk is full')) : opened.write(statements)),
    }
  }
  let store = await open()
  const make = () =>
    createIncidents({
      store,
      clock,
      bus,
      organisationsAt: place => (place.lat === undefined ? [] : ['gamcheon']),
      isOrganisation: id => organisations.includes(id),
      called: mention =>
        mention.kind === 'organisation' && !organisations.includes(mention.id)
          ? undefined
          : {
              people: mention.kind === 'person' ? [mention.id] : ['lee', 'han'],
              organisations: mention.kind === 'organisation' ? [mention.id] : [],
            },
      areAttached: attachments => attachments.every(id => id.startsWith('photo')),
    })
  let incidents = make()
  let steps = 0
  return {
    get incidents() {
      return incidents
    },
    get store() {
      return store
    },
    clock,
    bus,
    faults,
    hand,
    /** Everything that looks at the clock every now and then looks once. */
    tick: () => {
      for (const task of [...tasks]) task()
    },
    by: (author: Author = KIM, stepId = `step-${++steps}-0000`) => ({ author, stepId }),
    async report(id: string, change: Partial<NewReport> = {}): Promise<Incident> {
      const outcome = await incidents.report(newReport(id, change), { author: JUNG, stepId: `${id}:report` })
      if (!outcome.ok) throw new Error(outcome.reason)
      return outcome.value
    },
    async reopen() {
      await store.close()
      store = await open()
      incidents = make()
    },
    async close() {
      await store.close()
      folder.remove()
    },
  }
}
export type IncidentDesk = Awaited<ReturnType<typeof incidentDesk>>
