// Sealed journeys at the product's own doors: photos of the box, plans kept to be used again, known ways, the seal at hand; what another office neither sees nor changes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import { exifBlock, jpeg } from '#testkit/files.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { type Doors, openDoors, type Place } from './test-doors.ts'

const folder = temporaryFolder()
let doors: Doors
const who = (post: Post, place: Place): string => doors.caller(post, place).id
const ask = (post: Post, place: Place, method: string, path: string, body?: unknown) => doors.ask(who(post, place), method, path, body)
const must = async (...asked: Parameters<typeof ask>): Promise<unknown> => {
  const answer = await ask(...asked)
  if (answer.status >= 300) throw new Error(`${asked[2]} ${asked[3]}: ${answer.status} ${answer.text}`)
  return answer.json()
}
const ORIGIN = { name: '부산신항', lat: 35.08, lon: 128.83 }
const DESTINATION = { name: '양산 ICD', lat: 35.33, lon: 129.02 }
const plan = (id: string, more: object = {}) => ({
  id,
  container: 'TEMU1234565',
  origin: ORIGIN,
  destination: DESTINATION,
  organisations: ['busan'],
  ...more,
})
const seal = (deviceId: string, number: string) => ({ protocol: 'jt808', deviceId, number, organisation: 'busan' })

beforeAll(async () => {
  doors = await openDoors(folder.path)
  await must('watch-leader', 'busan', 'POST', '/api/seals', { seals: [seal('013900000001', 'KC-0001'), seal('013900000002', 'KC-0002')] })
  await must('watch-officer', 'busan', 'POST', '/api/journeys', plan('PHOTO-1', { seals: [{ seal: 'jt808:013900000001' }] }))
})
afterAll(async () => {
  await doors.stop()
  folder.remove()
})

async function upload(id: string, incident: string, bytes: Buffer): Promise<void> {
  await must('field-officer', 'busan', 'POST', '/api/attachments', { id, incident, name: 'seal.jpg', kind: 'photo', bytes: bytes.length })
  const put = await fetch(`${doors.url}/api/attachments/${id}/bytes?offset=0`, {
    method: 'PUT',
    headers: { ...doors.headers(who('field-officer', 'busan')), 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  expect(put.status).toBe(200)
  await must('field-officer', 'busan', 'POST', `/api/attachments/${id}/done`, {})
}

test('a photo of the box stands in the custody of the deed, is shared without its place, and is not of other offices', async () => {
  const bytes = jpeg({ exif: exifBlock(), comment: 'secret place' })
  const fit = { id: 'fit-photo-1', deed: 'fit', seal: 'jt808:013900000001', container: 'TEMU1234565', photos: ['seal-photo-01'] }
  const early = await ask('field-officer', 'busan', 'POST', '/api/journeys/PHOTO-1/deeds', fit)
  expect([early.status, Object(early.json()).code]).toEqual([422, 'no-photo'])
  await upload('seal-photo-01', 'journey:PHOTO-1', bytes)
  await must('field-officer', 'busan', 'POST', '/api/journeys/PHOTO-1/deeds', fit)
  const { lines } = Object(await must('director', 'hq', 'GET', '/api/journeys/PHOTO-1'))
  expect(lines.find((one: { what: string }) => one.what === 'fit')).toMatchObject({ kind: 'deed', photos: ['seal-photo-01'] })
  const [photo] = Object(await must('director', 'hq', 'GET', '/api/attachments?journey=PHOTO-1'))
  expect(photo).toMatchObject({ id: 'seal-photo-01', kind: 'photo', takenAt: '2026-11-23T18:02:11.000Z', sha256: /^[0-9a-f]{64}$/ })
  const shared = await ask('watch-officer', 'busan', 'GET', '/api/attachments/seal-photo-01')
  expect([shared.status, shared.text.includes('secret place')]).toEqual([200, false])
  for (const path of ['/api/attachments/seal-photo-01', '/api/attachments?journey=PHOTO-1'])
    expect((await ask('watch-officer', 'incheon', 'GET', path)).status).toBe(404)
  expect((await ask('field-officer', 'busan', 'GET', '/api/attachments/seal-photo-01/original?reason=test')).status).toBe(403)
  expect((await ask('investigator', 'busan', 'GET', '/api/attachments/seal-photo-01/original?reason=test')).text).toContain('secret place')
})

test('a photo is taken neither for another office’s journey nor for one that is not there', async () => {
  const begin = { id: 'seal-photo-02', name: 'a.jpg', kind: 'photo', bytes: 100 }
  for (const [place, incident] of [
    ['incheon', 'journey:PHOTO-1'],
    ['busan', 'journey:NONE'],
  ] as const)
    expect((await ask('field-officer', place, 'POST', '/api/attachments', { ...begin, incident })).status).toBe(404)
})

test('the seal at hand goes on where the plan names none, or another that is not fitted yet', async () => {
  await must('watch-officer', 'busan', 'POST', '/api/journeys', plan('HAND-1', { container: 'MSCU6639870' }))
  const check = Object(await must('field-officer', 'busan', 'GET', '/api/journeys/HAND-1/check?seal=kc0002'))
  expect(check).toMatchObject({ isGo: false, seal: 'jt808:013900000002', number: 'KC-0002' })
  expect(check.checks.find((one: { what: string }) => one.what === 'heard').said).toContain('아직 한 번도')
  const fit = { id: 'fit-hand-1', deed: 'fit', seal: check.seal, container: 'MSCU6639870' }
  expect(Object(await must('field-officer', 'busan', 'POST', '/api/journeys/HAND-1/deeds', fit)).state).toBe('fitted')
  const { plan: now } = Object(await must('field-officer', 'busan', 'GET', '/api/journeys/HAND-1'))
  expect(now.seals).toEqual([{ seal: 'jt808:013900000002', fitting: 'container' }])
  const taken = await ask('field-officer', 'busan', 'POST', '/api/journeys/HAND-1/deeds', {
    ...fit,
    id: 'fit-hand-2',
    seal: 'jt808:013900000001',
  })
  expect([taken.status, taken.text.includes('PHOTO-1')]).toEqual([422, true])
})

test('templates are of an office: kept, changed and dropped by it, seen by nobody beside it', async () => {
  const body = { origin: ORIGIN, destination: DESTINATION, driveWithinMin: 90 }
  const path = '/api/journey-templates/weekly'
  expect(await must('watch-officer', 'busan', 'PUT', path, { name: '매주', body })).toMatchObject({ organisation: 'busan', name: '매주' })
  const names = async (place: Place): Promise<string[]> =>
    Object(await must('watch-officer', place, 'GET', '/api/journey-templates')).map((one: { name: string }) => one.name)
  expect([await names('busan'), await names('incheon'), await names('hq')]).toEqual([['매주'], [], ['매주']])
  for (const [method, sent] of [
    ['PUT', { name: '남의 것', body }],
    ['DELETE', undefined],
  ] as const)
    expect((await ask('watch-officer', 'incheon', method, path, sent)).status).toBe(404)
  expect((await ask('watch-officer', 'busan', 'PUT', path, { name: 'x', organisation: 'incheon', body })).status).toBe(403)
  await must('watch-officer', 'busan', 'DELETE', path)
  expect(await names('hq')).toEqual([])
})

test('ways between two places are those that one may know of, the straight one last', async () => {
  const line = [
    [128.83, 35.08],
    [128.9, 35.2],
    [129.02, 35.33],
  ]
  await must(
    'watch-officer',
    'busan',
    'POST',
    '/api/journeys',
    plan('WAY-1', { container: 'CSQU3054383', corridor: { line, halfWidthM: 800 } }),
  )
  const ways = async (place: Place): Promise<{ kind: string; journeys: string[] }[]> =>
    Object(await must('watch-officer', place, 'GET', '/api/journey-ways?from=35.081,128.831&to=35.33,129.02')).ways
  expect(await ways('busan')).toMatchObject([{ kind: 'planned', journeys: ['WAY-1'], line, halfWidthM: 800 }, { kind: 'straight' }])
  expect((await ways('incheon')).map(one => one.kind)).toEqual(['straight'])
  const places = async (place: Place): Promise<string[]> =>
    Object(await must('watch-officer', place, 'GET', '/api/journey-places')).places.map((one: { name: string }) => one.name)
  expect([await places('busan'), await places('incheon')]).toEqual([['부산신항', '양산 ICD'], []])
  expect((await ask('watch-officer', 'busan', 'GET', '/api/journey-ways?from=95,128&to=35,129')).status).toBe(400)
})
