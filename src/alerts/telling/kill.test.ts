// Killed before and after any durable write, of an alarm raised until it is answered: no message is lost, with an idempotency key none comes twice, and by SMPP one comes twice only where nobody
// could know, marked as such. The message centre counts. Alarms the store has not kept come again, as they do from the ledger.
import { afterEach, expect, test } from 'vitest'
import { findingOf, type TellingDesk, tellingDesk } from '#testkit/telling-desk.ts'
import type { ChannelKind } from '../channels/channel.ts'

const desks: TellingDesk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
})

/** Raised, told, told again, told head office, answered there; `kill` after that many durable writes, then started anew at once. */
async function night(kind: ChannelKind, kill?: readonly [write: number, moment: 'before' | 'after']) {
  const desk = await tellingDesk({ channels: [['sms', kind]] })
  desks.push(desk)
  if (kill) desk.killAtWrite(...kill)
  let isKilled = false
  const goOn = async (): Promise<void> => {
    if (isKilled || !desk.isKilled()) return
    isKilled = true
    await desk.restart()
    // Starting takes its time, and the ledger is read after it.
    await desk.advance(700)
    await desk.raise(findingOf())
  }
  const alarm = await desk.raise(findingOf())
  await goOn()
  for (let second = 0; second < 170; second += 5) {
    await desk.advance(5000)
    await goOn()
  }
  const answer = { news: 'reply', from: '010-0000-0009', text: '1', atMs: desk.clock.now() } as const
  desk.centre().hear(answer)
  await desk.settle()
  if (desk.isKilled()) {
    await goOn()
    // The operator heard no answer to its delivery and delivers again.
    desk.centre().hear(answer)
  }
  await desk.advance(600_000)
  return { desk, alarm, taken: desk.centre().taken, writes: desk.writes(), isKilled }
}
const withoutMark = (text: string): string => text.replace(/^「재전송」/, '')

test.each(['sms-http', 'sms-smpp'] as const)(
  'by %s, killed around each durable write: none is lost, and none comes twice but marked, where nobody could know',
  { timeout: 60_000 },
  async kind => {
    const whole = await night(kind)
    const wanted = whole.taken.map(one => [one.to, one.id])
    expect(wanted.length).toBeGreaterThanOrEqual(3)
    const writes = whole.writes
    let doubled = 0
    const kills = Array.from({ length: writes - 1 }, (_, n) => n + 1).flatMap(write =>
      (['before', 'after'] as const).map(moment => [write, moment] as const),
    )
    for (const kill of kills) {
      const { desk, alarm, taken, isKilled } = await night(kind, kill)
      const ids = new Set(taken.map(one => one.id))
      const about = `${kind} killed ${kill[1]} write ${kill[0]}`
      expect(isKilled, about).toBe(true)
      for (const [, id] of wanted) expect([...ids], `${about}: ${id} is lost`).toContain(id)
      for (const id of ids) {
        const same = taken.filter(one => one.id === id)
        if (same.length === 1) continue
        doubled++
        expect(kind, about).toBe('sms-smpp')
        expect(same.length, about).toBe(2)
        expect(same[1]?.text.startsWith('「재전송」'), about).toBe(true)
        expect(withoutMark(same[1]?.text ?? ''), about).toBe(same[0]?.text)
      }
      expect(desk.alerts().get(alarm)?.state, about).toBe('acknowledged')
      await desk.close()
      desks.pop()
    }
    if (kind === 'sms-http') expect(doubled).toBe(0)
    else expect(doubled, 'where nobody could know').toBeGreaterThan(0)
    process.stdout.write(`telling: ${kills.length} kills by ${kind}, ${doubled} texts came twice, marked\n`)
  },
)
