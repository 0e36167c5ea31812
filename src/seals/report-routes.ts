// Reports of seals that come by HTTPS, in our own form (protocols/json.ts): from makers' servers and gateways. Each item stands for itself: what is wrong with one is said of that
// one, and the answer comes when the others are on the disk.
import { Type } from 'typebox'
import { HttpRefusal } from '#platform/http/index.ts'
import { type NotRead, readJsonReport } from './protocols/index.ts'
import type { SealRoutesOptions } from './route-parts.ts'
import { Anything } from './shapes.ts'

const MAX_REPORTS = 1000
/** A disk that takes longer does not answer: the sender keeps what it has and comes again. */
const DURABLE_WITHIN_MS = 10_000

interface Taken {
  readonly n: number
  readonly taken: boolean
  readonly seal?: string
  /** Not in the stock: kept, and shown to be adopted. */
  readonly isUnknown?: boolean
  /** Came before, by its device and `id`. */
  readonly isRepeated?: boolean
  readonly notRead?: readonly NotRead[]
  readonly field?: string
  readonly reason?: string
}

const REMEMBERED = 20_000

export function reportRoutes({ http, seals, clock }: Pick<SealRoutesOptions, 'http' | 'seals' | 'clock'>): void {
  /** Devices' own ids of reports that are on the disk. A repeated one is kept once more and judged once: this only says so, and forgets with the process. */
  const seen = new Set<string>()
  const remember = (key: string): void => {
    seen.add(key)
    if (seen.size > REMEMBERED) for (const old of seen) if (seen.size > REMEMBERED / 2) seen.delete(old)
  }

  http.route({
    method: 'POST',
    path: '/api/seals/reports',
    deed: 'seals.report',
    summary: 'Reports of seals in our own form (docs/integrators/seals.md), answered when they are on the disk',
    tag: 'seals',
    body: Type.Object({ reports: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MAX_REPORTS }) }, { additionalProperties: false }),
    answer: Anything,
    async handle({ body, caller }) {
      const feed = { name: `https.${caller.id}`, kind: 'json' }
      const waits: Promise<boolean>[] = []
      const keys: string[] = []
      const results = body.reports.map((item, at): Taken => {
        const n = at + 1
        const read = readJsonReport(item)
        if ('fault' in read) return { n, taken: false, ...read.fault }
        const { report, notRead } = read
        const seal = `json:${report.deviceId}`
        const own = report.more.id
        const key = own === undefined ? undefined : `${seal}|${own}|${report.sentAtMs ?? ''}`
        const more = notRead.length > 0 ? { notRead } : {}
        if (key !== undefined && seen.has(key)) return { n, taken: true, seal, isRepeated: true, ...more }
        if (key !== undefined) keys.push(key)
        waits.push(seals.devices.message(feed, Buffer.from(JSON.stringify(item))).durable)
        return { n, taken: true, seal, ...(seals.seal(seal) ? {} : { isUnknown: true }), ...more }
      })
      if (!(await allWithin(waits, ms => clock.after(DURABLE_WITHIN_MS, ms))))
        throw new HttpRefusal(503, 'not-kept', {
          ko: '디스크에 쓰지 못했습니다. 보고를 보관했다가 다시 보내십시오',
          en: 'the disk did not take them; keep the reports and send them again',
        })
      for (const key of keys) remember(key)
      const taken = results.filter(one => one.taken).length
      return { taken, refused: results.length - taken, results }
    },
  })
}

/** Every one true before the time is over. */
function allWithin(waits: readonly Promise<boolean>[], after: (late: () => void) => () => void): Promise<boolean> {
  return new Promise(done => {
    const cancel = after(() => done(false))
    void Promise.all(waits).then(all => {
      cancel()
      done(all.every(one => one))
    })
  })
}
