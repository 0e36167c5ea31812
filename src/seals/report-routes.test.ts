// Reports by HTTPS at the real product: answered when they are on the disk, judged like any other, there after kill -9.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type RunningProduct, runCommand, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
let product: RunningProduct
const DEVICE = 'KC-0028-6117'
const SEAL = `json:${DEVICE}`
const ORIGIN = { name: '부산신항 2부두', lat: 35.08, lon: 128.83 }
const send = (...reports: readonly unknown[]) =>
  product.post<{ taken: number; refused: number; results: readonly object[]; type?: string }>('/api/seals/reports', { reports })
const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()
const done = async (path: string, body: object): Promise<void> => {
  const { status, body: answer } = await product.post(path, body)
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
}

beforeAll(async () => {
  product = await startProduct(folder.path, ['--no-demo'])
})
afterAll(async () => {
  await product?.stop()
  folder.remove()
})

test('each report stands for itself: what is wrong with one is said of that one, the others are taken', async () => {
  const first = { device: DEVICE, id: 1, at: at(0), ...ORIGIN, name: undefined, locked: true, speedKmh: 'fast' }
  expect(await send(first, { lat: 35 }, 'nonsense', first)).toMatchObject({
    status: 200,
    body: {
      taken: 2,
      refused: 2,
      results: [
        { n: 1, taken: true, seal: SEAL, isUnknown: true, notRead: [{ field: 'speedKmh' }] },
        { n: 2, taken: false, field: 'device' },
        { n: 3, taken: false, field: '', reason: 'a report is one JSON object' },
        { n: 4, taken: true },
      ],
    },
  })
  expect((await send(first)).body.results).toMatchObject([{ taken: true, isRepeated: true }])
  expect(await product.get('/api/seals/unknown')).toMatchObject([{ id: SEAL, reports: 2 }])
})

test('more than a thousand at once, none, and another shape are refused before anything is taken', async () => {
  for (const body of [{ reports: [] }, { reports: Array.from({ length: 1001 }, () => ({ device: DEVICE })) }, [{ device: DEVICE }]])
    expect((await product.post('/api/seals/reports', body)).status).toBe(400)
  expect(await product.get('/api/seals/unknown')).toMatchObject([{ id: SEAL, reports: 2 }])
})

test('without a key nobody brings reports; with one for this deed alone they are taken', async () => {
  const asked = (headers: Readonly<Record<string, string>>) =>
    fetch(`${product.url}/api/seals/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ reports: [{ device: DEVICE, id: 2, at: at(1) }] }),
    })
  expect((await asked({})).status).toBe(401)
  const key = (await runCommand(['key', 'new', '--right', 'seals.report', '--data', folder.path])).stdout.trim().split('\n').at(-1)
  const answer = await eventually(async () => {
    const got = await asked({ authorization: `Bearer ${key}` })
    return got.status === 401 ? undefined : got
  })
  expect(answer.status).toBe(200)
})

test('what was answered is there after kill -9: the journey is judged by it, the raw report lies in the ledger', async () => {
  await done(`/api/seals/unknown/${encodeURIComponent(SEAL)}/adopt`, { number: DEVICE, reportEveryS: 10 })
  await done('/api/journeys', {
    id: 'J1',
    container: 'TEMU1234565',
    seals: [{ seal: SEAL }],
    origin: ORIGIN,
    destination: { name: '양산 ICD', lat: 35.33, lon: 129.02 },
    organisations: ['busan'],
  })
  await done('/api/journeys/J1/deeds', { id: 'fit-1', deed: 'fit', seal: SEAL, container: 'TEMU1234565' })
  const { lat, lon } = ORIGIN
  await send(
    { device: DEVICE, id: 3, at: at(2), lat, lon, locked: true, batteryPercent: 80, events: ['sealed'] },
    { device: DEVICE, id: 4, at: at(62), lat: 35.1, lon: 128.845, speedKmh: 60, locked: true },
    { device: DEVICE, id: 5, at: at(92), lat: 35.11, lon: 128.85, locked: false, events: ['opened-while-sealed'] },
  )
  await product.kill()
  product = await startProduct(folder.path, ['--no-demo'])
  expect(await product.get('/api/journeys/J1')).toMatchObject({ state: 'under-way', word: 'opened' })
  const alarms = await product.get<{ detector: string }[]>('/api/alarms')
  expect(alarms.filter(one => one.detector === 'seal-opened')).toHaveLength(1)
  await product.stop()
  const raw = await runCommand(['raw', '--data', folder.path])
  expect(raw.stdout).toContain(Buffer.from('"opened-while-sealed"').toString('hex'))
  product = await startProduct(folder.path, ['--no-demo'])
})

test('in the track a clock of 2019 stands at its time of receipt, one some minutes fast at its own', async () => {
  const before = Date.now()
  await send(
    { device: DEVICE, id: 6, at: '2019-01-01T00:00:00Z', lat: 35.12, lon: 128.86 },
    { device: DEVICE, id: 7, at: at(240), lat: 35.13, lon: 128.86 },
  )
  const { points } = await eventually(async () => {
    const track = await product.get<{ points: readonly { at: string; deviceAt?: string; lat?: number }[] }>('/api/journeys/J1/track')
    return track.points.some(one => one.lat === 35.13) ? track : undefined
  })
  const old = points.find(one => one.lat === 35.12)
  expect(old?.deviceAt).toBe('2019-01-01T00:00:00.000Z')
  expect(Date.parse(old?.at ?? '')).toBeGreaterThanOrEqual(before)
  expect(points.find(one => one.lat === 35.13)).not.toHaveProperty('deviceAt')
})
