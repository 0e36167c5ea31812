// Commands to seals at the product's own doors: who may, whose word it takes for a seal of high risk, and that nobody gets round it; the one-time password and where it is given.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import { eventually, temporaryFolder } from '../testkit/product.ts'
import { type Doors, openDoors, type Place } from './test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
const ask = async (post: Post, place: Place, method: string, path: string, body?: unknown) => {
  const { status, text, json } = await doors.ask(doors.caller(post, place).id, method, path, body)
  return { status, text, body: Object(text === '' ? {} : json()) }
}
const must = async (...asked: Parameters<typeof ask>) => {
  const answer = await ask(...asked)
  if (answer.status >= 300) throw new Error(`${asked[2]} ${asked[3]}: ${answer.status} ${answer.text}`)
  return answer.body
}
const ORIGIN = { name: '부산신항', lat: 35.08, lon: 128.83 }
const DESTINATION = { name: '양산 ICD', lat: 35.33, lon: 129.02 }
const SEALS = ['json:K-HIGH', 'json:K-LOW', 'json:K-SPARE', 'jt600:7000000001'] as const
const [HIGH, LOW, SPARE, JT701] = SEALS
const commandsOf = (seal: string): string => `/api/seals/${encodeURIComponent(seal)}/commands`
let count = 0
const command = (seal: string, kind: string, more: object = {}, post: Post = 'watch-leader', place: Place = 'busan') =>
  ask(post, place, 'POST', commandsOf(seal), { id: `c-${++count}`, kind, reason: '개봉 준비', ...more })
const deed = (journey: string, what: string, post: Post, more: object = {}) =>
  ask(post, 'busan', 'POST', `/api/journeys/${journey}/deeds`, { id: `d-${++count}`, deed: what, ...more })
const plan = (id: string, container: string, seal: string, risk: string) => ({
  id,
  container,
  seals: [{ seal }],
  origin: ORIGIN,
  destination: DESTINATION,
  organisations: ['busan'],
  risk,
})
const heard = async (seal: string, at: { readonly lat: number; readonly lon: number }, more: object = {}): Promise<void> => {
  const { lat, lon } = at
  const report = {
    device: seal.slice(seal.indexOf(':') + 1),
    id: ++count,
    at: new Date().toISOString(),
    lat,
    lon,
    speedKmh: 0,
    locked: true,
  }
  const { taken } = await must('integrator', 'hq', 'POST', '/api/seals/reports', { reports: [{ ...report, ...more }] })
  expect(taken).toBe(1)
}
const state = async (journey: string): Promise<string> => (await must('watch-officer', 'busan', 'GET', `/api/journeys/${journey}`)).state
const codeOf = ({ status, body }: { readonly status: number; readonly body: { readonly code?: string } }) => [status, body.code]

beforeAll(async () => {
  doors = await openDoors(folder.path)
  await must('watch-leader', 'busan', 'POST', '/api/seals', {
    seals: SEALS.map(id => {
      const [protocol, deviceId] = id.split(':')
      return { protocol, deviceId, number: deviceId, organisation: 'busan' }
    }),
  })
  for (const [id, container, seal, risk] of [
    ['HIGH-1', 'TEMU1234565', HIGH, 'high'],
    ['LOW-1', 'MSCU6639870', LOW, 'low'],
  ] as const) {
    await must('watch-officer', 'busan', 'POST', '/api/journeys', plan(id, container, seal, risk))
    await deed(id, 'fit', 'field-officer', { seal, container })
    await heard(seal, ORIGIN, { events: ['sealed'], batteryPercent: 90 })
    expect(await state(id)).toBe('armed')
  }
})
afterAll(async () => {
  await doors.stop()
  folder.remove()
})

describe('rights', () => {
  test.each<[Post, Place, number]>([
    ['watch-leader', 'busan', 201],
    ['watch-leader', 'hq', 201],
    ['watch-leader', 'incheon', 404],
    ['watch-officer', 'busan', 403],
    ['field-officer', 'busan', 403],
    ['administrator', 'busan', 403],
    ['integrator', 'hq', 403],
  ])('%s of %s commands a seal of Busan: %i', async (post, place, status) =>
    expect((await command(SPARE, 'ask-position', {}, post, place)).status).toBe(status),
  )

  test('the same id asks once; for another seal or another kind it is refused', async () => {
    const body = { id: 'once-1', kind: 'ask-position', reason: '위치 확인' }
    const first = await ask('watch-leader', 'busan', 'POST', commandsOf(SPARE), body)
    expect((await ask('watch-leader', 'busan', 'POST', commandsOf(SPARE), body)).body).toEqual(first.body)
    expect(codeOf(await ask('watch-leader', 'busan', 'POST', commandsOf(LOW), body))).toEqual([409, 'id-taken'])
    expect(codeOf(await ask('watch-leader', 'busan', 'POST', commandsOf(SPARE), { ...body, kind: 'lock' }))).toEqual([409, 'id-taken'])
    const { commands } = await must('watch-officer', 'busan', 'GET', commandsOf(SPARE))
    expect(commands.filter((one: { id: string }) => one.id === 'once-1')).toHaveLength(1)
  })

  test.each([
    ['no time', 400, 'time-wrong'],
    ['2020-01-01T00:00:00Z', 422, 'until-over'],
  ])('until %s: %i %s', async (until, status, code) => expect(codeOf(await command(SPARE, 'lock', { until }))).toEqual([status, code]))

  test('a day is the longest a command waits, whatever is asked', async () => {
    const { body } = await command(SPARE, 'lock', { until: '2099-01-01T00:00:00Z' })
    expect(body.untilMs - body.askedAtMs).toBeCloseTo(86_400_000, -3)
  })

  test('what a protocol has not is refused with its reason in both languages, and the page knows beforehand', async () => {
    const refused = await command(JT701, 'unlock')
    expect(codeOf(refused)).toEqual([409, 'not-tried'])
    expect(refused.text).toContain('실제 단말로 시험할 때까지')
    expect((await must('watch-officer', 'busan', 'GET', commandsOf(JT701))).refused).toMatchObject({
      unlock: 'not-tried',
      lock: 'not-tried',
    })
  })

  test('given and taken back stand in the trail with who, why and what became of it', async () => {
    const { body } = await command(SPARE, 'lock', { reason: '잠금 확인' })
    await must('watch-leader', 'busan', 'DELETE', `/api/seals/commands/${body.id}`)
    expect(codeOf(await ask('watch-leader', 'busan', 'DELETE', `/api/seals/commands/${body.id}`))).toEqual([409, 'command-over'])
    const trail = JSON.stringify(await must('auditor', 'hq', 'GET', '/api/audit?limit=20'))
    expect(trail).toContain('seals.lock')
    expect(trail).toContain('잠금 확인')
    expect(trail).toContain('seals.cancel')
  })
})

describe('zones', () => {
  test('are the places of the journey the seal is on, and of none where it is on none', async () => {
    expect(codeOf(await command(SPARE, 'set-areas'))).toEqual([409, 'no-journey'])
    const { body } = await command(LOW, 'set-areas')
    expect(body.areas).toEqual([
      { id: 1, centre: { lat: 35.08, lon: 128.83 }, radiusM: 500 },
      { id: 2, centre: { lat: 35.33, lon: 129.02 }, radiusM: 500 },
    ])
  })
})

describe('of high risk', () => {
  test('one officer, however often and from whichever device, is not two', async () => {
    expect(codeOf(await command(HIGH, 'unlock'))).toEqual([409, 'two-needed'])
    for (const session of ['one', 'two', 'three']) {
      const who = doors.caller('watch-leader', 'busan', session).id
      const path = '/api/journeys/HIGH-1/deeds'
      expect((await doors.ask(who, 'POST', path, { id: `say-${session}`, deed: 'authorise-unseal' })).status).toBe(200)
    }
    expect(codeOf(await command(HIGH, 'unlock'))).toEqual([409, 'two-needed'])
    const { hindered } = await must('watch-officer', 'busan', 'GET', commandsOf(HIGH))
    expect([hindered.unlock.code, hindered['one-time-password'].code]).toEqual(['two-needed', 'two-needed'])
  })

  test('an officer cannot name another one in a deed, nor a year ahead', async () => {
    expect((await deed('HIGH-1', 'authorise-unseal', 'watch-leader', { officers: ['somebody'] })).status).toBe(400)
    expect(codeOf(await deed('HIGH-1', 'authorise-unseal', 'watch-leader', { until: '2099-01-01T00:00:00Z' }))).toEqual([
      422,
      'until-wrong',
    ])
  })

  test('alone nobody makes it a journey of low risk, takes the seal off its plan, cancels or closes it', async () => {
    const put = (change: object) =>
      ask('watch-leader', 'busan', 'PUT', '/api/journeys/HIGH-1', { ...plan('HIGH-1', 'TEMU1234565', HIGH, 'high'), ...change })
    for (const change of [{ risk: 'low' }, { risk: undefined }, { seals: [] }, { seals: [{ seal: SPARE }] }])
      expect([change, ...codeOf(await put(change))]).toEqual([change, 409, 'two-needed'])
    for (const what of ['cancel', 'close'])
      expect([what, ...codeOf(await deed('HIGH-1', what, 'watch-leader'))]).toEqual([what, 409, 'two-needed'])
    expect((await put({ vehicle: '부산81아0000' })).status).toBe(200)
    expect([await state('HIGH-1'), codeOf(await command(HIGH, 'unlock'))]).toEqual(['armed', [409, 'two-needed']])
  })

  test('two officers agree: it is unlocked, for as long as both words hold', async () => {
    const soon = new Date(Date.now() + 10 * 60_000).toISOString()
    await deed('HIGH-1', 'authorise-unseal', 'field-officer', { until: soon })
    const { status, body } = await command(HIGH, 'unlock')
    expect([status, body.state, new Date(body.untilMs).toISOString()]).toEqual([201, 'queued', soon])
    await must('watch-leader', 'busan', 'DELETE', `/api/seals/commands/${body.id}`)
  })
})

describe('a one-time password', () => {
  test('is given where somebody has authorised the opening and the seal is at its destination, and nowhere else', async () => {
    expect(codeOf(await command(SPARE, 'one-time-password'))).toEqual([409, 'no-journey'])
    expect(codeOf(await command(LOW, 'one-time-password'))).toEqual([409, 'authority-needed'])
    await deed('LOW-1', 'authorise-unseal', 'field-officer')
    expect(codeOf(await command(LOW, 'one-time-password'))).toEqual([409, 'not-at-place'])
    expect(codeOf(await command(HIGH, 'one-time-password'))).toEqual([409, 'not-at-place'])
  })

  test('at the destination: shown to who asked in the first answer, in no other and in no trail', async () => {
    const on = { lat: 35.2, lon: 128.9 }
    // A seal's clock may be some minutes ahead: so the way lies behind it.
    const ahead = (minutes: number) => ({ at: new Date(Date.now() + minutes * 60_000).toISOString(), speedKmh: 60 })
    await heard(LOW, on, ahead(1))
    await heard(LOW, DESTINATION, { ...ahead(4), speedKmh: 0 })
    await heard(LOW, DESTINATION, { ...ahead(4.5), speedKmh: 0 })
    const body = { id: 'otp-1', kind: 'one-time-password', reason: '현장 개봉' }
    const first = await ask('watch-leader', 'busan', 'POST', commandsOf(LOW), body)
    expect([first.status, first.body.place, first.body.state]).toEqual([201, expect.objectContaining({ name: '양산 ICD' }), 'queued'])
    expect(first.body.password).toMatch(/^\d{6}$/)
    expect(first.body.untilMs - first.body.askedAtMs).toBeLessThanOrEqual(15 * 60_000)
    const again = await ask('watch-leader', 'busan', 'POST', commandsOf(LOW), body)
    expect(again.body).not.toHaveProperty('password')
    for (const text of [
      again.text,
      (await ask('watch-leader', 'busan', 'GET', commandsOf(LOW))).text,
      (await ask('auditor', 'hq', 'GET', '/api/audit?limit=50')).text,
    ])
      expect(text).not.toContain(first.body.password)
  })

  test('the truck drives on before it could be sent: it fails, and the page says why in words', async () => {
    await heard(LOW, { lat: DESTINATION.lat + 0.008, lon: DESTINATION.lon }, { at: new Date(Date.now() + 4.9 * 60_000).toISOString() })
    const failed = await eventually(async () => {
      const { commands } = await must('watch-leader', 'busan', 'GET', commandsOf(LOW))
      return commands.find((one: { id: string; state: string }) => one.id === 'otp-1' && one.state === 'failed')
    })
    expect(failed).toMatchObject({ note: 'not-at-place', said: '봉인이 도착지나 허용된 정차지 안에 있지 않습니다', tries: 0 })
    expect(codeOf(await command(LOW, 'one-time-password'))).toEqual([409, 'not-at-place'])
    expect(JSON.stringify(await must('auditor', 'hq', 'GET', '/api/audit?limit=20'))).toContain('seals.command-failed')
  })
})
