// Check 24 of the scorecard, under a virtual clock: a thousand findings in a minute. Nobody is sent more than ten messages in any ten minutes, critical ones go at once, and what was held
// back is counted in a message and stands in the log.
import { epochMs } from '#base/index.ts'
import { findingOf, officerOf, TELLING_NOW, tellingDesk } from '../src/testkit/telling-desk.ts'
import { type Check, seeded } from './check.ts'

const WINDOW_MS = 600_000
const CRITICAL = 4

export const check: Check = {
  name: 'alarm-flood',
  promise: '1,000 findings in 60 s: at most 10 messages in 10 minutes to each officer, none lost, critical in less than a second',
  async run({ seed, times = 1000, say }) {
    const random = seeded(seed)
    const desk = await tellingDesk()
    desk.posts.set('watch-leader@busan', [officerOf('p-3', { sms: '010-0000-0003', call: '010-0000-0003' })])
    const faults: string[] = []
    const raised = new Map<string, { readonly atMs: number; readonly isCritical: boolean }>()
    try {
      const criticalAt = new Set(Array.from({ length: CRITICAL }, (_, n) => Math.floor(((n + random()) * times) / CRITICAL)))
      for (let n = 0; n < times; n++) {
        const isCritical = criticalAt.has(n)
        const atMs = desk.clock.now()
        const alarm = await desk.raise(
          findingOf({
            id: `flood-${n}`,
            from: epochMs(TELLING_NOW + n),
            severity: isCritical ? 'critical' : random() < 0.5 ? 'high' : 'medium',
            subjects: [{ kind: 'journey', id: `J${n}` }],
          }),
        )
        raised.set(alarm, { atMs, isCritical })
        await desk.advance(60_000 / times)
      }
      say(`${desk.centre().taken.length} messages in the first minute`)
      await desk.advance(10 * 60_000)
      const { taken } = desk.centre()
      let most = 0
      for (const to of new Set(taken.map(one => one.to))) {
        const times = taken.filter(one => one.to === to).map(one => one.atMs)
        for (const atMs of times) most = Math.max(most, times.filter(one => one > atMs - WINDOW_MS && one <= atMs).length)
      }
      if (most > 10) faults.push(`${most} messages to one officer in ten minutes`)
      let slowest = 0
      let uncounted = 0
      for (const [alarm, { atMs, isCritical }] of raised) {
        const rows = desk.store.read<{ state: string; counted: string | null; id: string }>(
          "SELECT id, state, json_extract(body, '$.countedIn') AS counted FROM telling_messages WHERE alarm = ? ORDER BY n",
          [alarm],
        )
        if (rows.length === 0) faults.push(`${alarm} stands in no log`)
        if (isCritical) {
          const first = taken.find(one => one.id === rows[0]?.id)
          if (first) slowest = Math.max(slowest, first.atMs - atMs)
          else faults.push(`the critical ${alarm} was held back`)
        }
        if (rows.some(one => one.state === 'counted' && one.counted === null)) uncounted++
      }
      if (slowest >= 1000) faults.push(`a critical one took ${slowest} ms`)
      return {
        pass: faults.length === 0,
        figure: `${raised.size} alarms, ${taken.length} messages, at most ${most} to one officer in 10 min, critical within ${slowest} ms, ${uncounted} wait for the next count; ${faults.slice(0, 3).join('; ') || 'none lost'}`,
      }
    } finally {
      await desk.close()
    }
  },
}
