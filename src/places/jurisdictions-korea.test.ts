import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '#platform/store/index.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { createAreaIndex } from './area-index.ts'
import { loadAreas, PLACES_MIGRATIONS, removeArea } from './area-store.ts'
import { organisationsAt } from './jurisdiction.ts'
import { JURISDICTIONS, seedJurisdictions } from './jurisdictions-korea.ts'
import { PORTS } from './ports.ts'

test('each of the nine customs offices and fourteen centres has its waters, marked as an example', () => {
  expect(new Set(JURISDICTIONS.map(area => area.organisation)).size).toBe(23)
  for (const area of JURISDICTIONS) expect(`${area.name} ${area.note}`).toMatch(/예시/)
})

test.each([
  ['off Busan', 35.05, 129.1, ['busan', 'busan-control']],
  ['Gamcheon', 35.06, 129.0, ['busan', 'busan-control', 'gamcheon']],
  ['Incheon North Port', 37.5, 126.62, ['incheon', 'incheon-control', 'incheon-north']],
  ['off Ulsan', 35.45, 129.5, ['ulsan', 'ulsan-control']],
  ['south of Jeju', 32.5, 126.5, []],
])('a ship %s is in the waters of its office and centre', (_name, lat, lon, whose) => {
  expect([...organisationsAt(createAreaIndex(JURISDICTIONS), lat, lon)].sort()).toEqual(whose)
})

test('no place is in the waters of two customs offices, but at the airport and in Gwangyang bay', () => {
  const offices = JURISDICTIONS.filter(area => !area.organisation?.includes('-') && area.organisation !== 'gwangyang')
  const centres = new Set(['gamcheon', 'yeocheon', 'dangjin'])
  const index = createAreaIndex(offices.filter(area => !centres.has(area.organisation ?? '')))
  for (let lat = 33.5; lat < 38.5; lat += 0.0713)
    for (let lon = 123.5; lon < 131; lon += 0.0713) expect(organisationsAt(index, lat, lon).length, `${lat} ${lon}`).toBeLessThan(2)
})

test('ports of Korea the product knows lie in somebody’s waters', () => {
  const index = createAreaIndex(JURISDICTIONS)
  for (const name of ['Busan', 'Incheon', 'Ulsan', 'Gunsan', 'Mokpo'])
    for (const port of PORTS.filter(one => one.en === name)) expect(organisationsAt(index, port.lat, port.lon), name).not.toEqual([])
})

test('they are laid into a folder once; what is removed does not come back', async () => {
  const folder = temporaryFolder()
  const store = await openStore({ file: join(folder.path, 'store.db'), migrations: PLACES_MIGRATIONS })
  await seedJurisdictions(store)
  expect(loadAreas(store)).toHaveLength(23)
  await store.write([removeArea('jurisdiction-busan')])
  await seedJurisdictions(store)
  expect(loadAreas(store)).toHaveLength(22)
  await store.close()
  folder.remove()
})
