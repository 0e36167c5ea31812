// The form of a plan: what is told while it is typed, what goes to the server, what comes again.
import { expect, test } from 'vitest'
import { bodyOf, EMPTY, type Form, faultsOf, filledFrom, type NamedPlace, templateOf } from './plan-form.ts'

const PLACES: readonly NamedPlace[] = [
  { name: '부산신항', lat: 35.078, lon: 128.828, radiusM: 2500 },
  { name: '의왕 ICD', lat: 37.325, lon: 126.95, area: 'uiwang' },
]
const NOW = Date.UTC(2026, 10, 24, 0, 0)
const full: Form = {
  ...EMPTY,
  container: 'temu 123456-5',
  vehicle: ' 부산81아0000 ',
  from: '부산신항',
  to: '의왕ICD',
  officerTo: '의왕 담당',
  phoneTo: '010-0000-0000',
  goods: '건고추',
}
const WAY = { line: [[128.828, 35.078] as const, [128, 36] as const, [126.95, 37.325] as const], halfWidthM: 1500 }

test.each<[string, Partial<Form>, keyof Form, object | undefined]>([
  ['nothing typed yet', { container: '' }, 'container', undefined],
  ['half a number', { container: 'TEMU1234' }, 'container', undefined],
  ['a wrong check digit, with the right one', { container: 'TEMU1234566' }, 'container', { what: 'digit', right: 'TEMU1234565' }],
  ['eleven letters that are no container', { container: 'ABCDEFGHIJK' }, 'container', { what: 'container' }],
  ['a place nobody knows', { from: '어딘가' }, 'from', { what: 'place' }],
  ['a way to where it begins', { to: '부산신항' }, 'to', { what: 'same-place' }],
  ['a time to leave of a year', { leaveInMin: '600000' }, 'leaveInMin', { what: 'minutes' }],
  ['no time to drive', { hours: '0' }, 'hours', { what: 'hours' }],
  ['words for a phone', { phoneTo: '없음' }, 'phoneTo', { what: 'phone' }],
  ['a phone of nobody', { officerTo: '' }, 'officerTo', { what: 'no-name' }],
])('%s is told beside its field', (_what, change, name, fault) => expect(faultsOf({ ...full, ...change }, PLACES)[name]).toEqual(fault))

test('a whole form has no fault and goes as the API takes it', () => {
  expect(faultsOf(full, PLACES)).toEqual({})
  expect(bodyOf(full, { places: PLACES, way: WAY, nowMs: NOW, id: 'J1', seal: 'jt808:1' })).toEqual({
    id: 'J1',
    container: 'TEMU1234565',
    origin: PLACES[0],
    destination: PLACES[1],
    risk: 'medium',
    departFrom: '2026-11-23T23:00:00.000Z',
    departUntil: '2026-11-24T00:30:00.000Z',
    arriveUntil: '2026-11-24T06:30:00.000Z',
    officers: { origin: [], destination: [{ name: '의왕 담당', phone: '010-0000-0000' }] },
    vehicle: '부산81아0000',
    goods: '건고추',
    seals: [{ seal: 'jt808:1' }],
    corridor: WAY,
  })
  expect(bodyOf({ ...full, to: '' }, { places: PLACES, way: undefined, nowMs: NOW, id: 'J1', seal: '' })).toBeUndefined()
})

test('a template brings back all but the journey’s own: container, vehicle, declaration, seal', () => {
  const again = filledFrom(templateOf(full, PLACES, WAY))
  const { container: _c, vehicle: _v, declaration: _d, seal: _s, ...rest } = full
  expect({ ...rest, ...again.form }).toEqual({ ...rest, to: '의왕 ICD' })
  expect(again.form).not.toHaveProperty('container')
  expect(again).toMatchObject({ way: WAY, places: PLACES })
})

test('an earlier journey fills the form with its places, officers, way and how long it may take', () => {
  const plan = bodyOf(full, { places: PLACES, way: WAY, nowMs: NOW, id: 'J1', seal: '' })
  expect(filledFrom(plan).form).toMatchObject({ from: '부산신항', to: '의왕 ICD', hours: '6', officerTo: '의왕 담당', goods: '건고추' })
  expect(filledFrom(undefined)).toEqual({ form: { risk: 'medium' }, places: [] })
})
