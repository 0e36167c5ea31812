// A sealed journey leaves the house as evidence: asked by one, agreed by another; every frame of its seals is in it and can be checked, and of another's nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { membersOf } from '#evidence/export/zip.ts'
import { isZip } from '#evidence/index.ts'
import { runCommand, temporaryFolder } from '#testkit/product.ts'
import { type Doors, openDoors } from '../test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
const who = (post: 'watch-leader' | 'watch-officer' | 'field-officer' | 'investigator' | 'integrator', place: 'hq' | 'busan' | 'incheon') =>
  doors.caller(post, place).id
async function must(by: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await doors.ask(by, method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.text === '' ? undefined : answer.json()
}
const ORIGIN = { name: '부산신항 2부두', lat: 35.08, lon: 128.83 }
const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()

beforeAll(async () => {
  doors = await openDoors(folder.path)
  await must(who('watch-leader', 'busan'), 'POST', '/api/seals', {
    seals: [
      { protocol: 'json', deviceId: 'KC-1', number: 'KC-1', organisation: 'busan' },
      { protocol: 'json', deviceId: 'KC-2', number: 'KC-2', organisation: 'busan' },
    ],
  })
  for (const [id, seal, container] of [
    ['J-1', 'KC-1', 'TEMU1234565'],
    ['J-2', 'KC-2', 'MSCU6639870'],
  ])
    await must(who('watch-officer', 'busan'), 'POST', '/api/journeys', {
      id,
      container,
      vehicle: '=HYPERLINK(1)',
      goods: '건고추 <b>18 t</b>',
      seals: [{ seal: `json:${seal}` }],
      origin: ORIGIN,
      destination: { name: '양산 ICD', lat: 35.33, lon: 129.02 },
      officers: { destination: [{ name: '양산 담당', phone: '010-0000-0000' }] },
      organisations: ['busan'],
    })
  await must(who('field-officer', 'busan'), 'POST', '/api/journeys/J-1/deeds', {
    id: 'fit',
    deed: 'fit',
    seal: 'json:KC-1',
    container: 'TEMU1234565',
  })
  const say = (...reports: readonly object[]) => must(who('integrator', 'hq'), 'POST', '/api/seals/reports', { reports })
  await say({ device: 'KC-1', at: at(1), lat: 35.08, lon: 128.83, locked: true, batteryPercent: 80, events: ['sealed'] })
  await say({ device: 'KC-2', at: at(1), lat: 35.08, lon: 128.83, locked: true })
  await say({ device: 'KC-1', at: at(61), lat: 35.1, lon: 128.845, speedKmh: 60, locked: true })
  await say({ device: 'KC-1', at: at(91), lat: 35.11, lon: 128.85, speedKmh: 40, locked: false, events: ['opened-while-sealed'] })
  // Late, and in it all the same.
  await say({ device: 'KC-1', at: at(80), lat: 35.105, lon: 128.848, speedKmh: 55, locked: true, buffered: true })
})
afterAll(async () => {
  await doors?.stop()
  folder.remove()
})

test('it takes two, holds every frame of its seals and of no other, papers in both languages, and verifies to the byte', async () => {
  const [leader, investigator] = [who('watch-leader', 'busan'), who('investigator', 'busan')]
  const asked = Object(await must(leader, 'POST', '/api/evidence/exports', { journey: 'J-1', reason: '검찰 요청' }))
  await must(investigator, 'POST', `/api/second/${Object(asked.request).number}/approve`, {})
  const [{ id }] = [await must(leader, 'GET', '/api/evidence/exports')].flat().map(Object)
  const answer = await fetch(`${doors.url}/api/evidence/exports/${id}`, { headers: doors.headers(leader) })
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(isZip(bytes)).toBe(true)
  const members = membersOf(bytes)
  if (typeof members === 'string') throw new Error(members)
  const member = (name: string): string => Buffer.from(members.find(one => one.name === name)?.bytes ?? []).toString()
  expect(members.map(one => one.name).sort()).toEqual([
    'audit.csv',
    'custody.json',
    'frames.bin',
    'frames.index.csv',
    'journey.en.pdf',
    'journey.json',
    'journey.ko.pdf',
    'manifest.json',
    'manifest.sig',
    'public-key.pem',
    'reports.csv',
    'track.geojson',
  ])
  // Raw beside decoded, by the entry of the ledger.
  const rows = (name: string) =>
    member(name)
      .trim()
      .split('\r\n')
      .slice(1)
      .map(line => line.split(','))
  const index = rows('frames.index.csv')
  expect(index).toHaveLength(4)
  expect(index.map(([mark]) => mark).sort()).toEqual(
    rows('reports.csv')
      .map(([mark]) => mark)
      .sort(),
  )
  expect(member('frames.bin')).toContain('opened-while-sealed')
  expect(member('frames.bin')).not.toContain('KC-2')
  const [, , , offset = '', length = ''] = index[0] ?? []
  expect(JSON.parse(member('frames.bin').slice(Number(offset), Number(offset) + Number(length)))).toMatchObject({ device: 'KC-1' })
  // In the order of the device’s clock: what came late stands in its place.
  expect(rows('reports.csv').map(row => row[4])).toEqual(['35.08', '35.1', '35.105', '35.11'])
  expect(JSON.parse(member('journey.json'))).toMatchObject({
    plan: { id: 'J-1', container: 'TEMU1234565' },
    standing: { word: 'opened' },
    alarms: [{ detector: 'seal-opened' }],
  })
  expect(member('audit.csv')).toContain('journeys.plan')
  expect(JSON.parse(member('track.geojson')).features[1]).toMatchObject({
    id: 'json:KC-1',
    geometry: { coordinates: expect.arrayContaining([[128.848, 35.105]]) },
  })
  for (const name of ['journey.ko.pdf', 'journey.en.pdf']) expect(member(name).slice(0, 5)).toBe('%PDF-')

  const file = join(folder.path, 'journey.zip')
  writeFileSync(file, bytes)
  expect(await runCommand(['verify', file])).toMatchObject({ code: 0 })
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(file, bytes)
  expect((await runCommand(['verify', file])).code).not.toBe(0)
})

test('another office’s journey is not there, and neither is one that never was', async () => {
  for (const [by, journey] of [
    [who('watch-leader', 'incheon'), 'J-1'],
    [who('watch-leader', 'busan'), 'J-0'],
  ] as const)
    expect((await doors.ask(by, 'POST', '/api/evidence/exports', { journey, reason: '검찰 요청' })).status).toBe(404)
})
