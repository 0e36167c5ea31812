// The form of a new journey as plain values: what is wrong while it is typed, what goes to the server, and how it is filled from a template or an earlier journey.
import { RISK_CLASSES, type RiskClass, readIdentifier } from '#seals/schema.ts'
import { field, list, number, text, time } from '../live/wire.ts'
import type { Point } from './sketch.ts'

export interface Form {
  readonly container: string
  readonly vehicle: string
  readonly declaration: string
  readonly seal: string
  readonly from: string
  readonly to: string
  readonly leaveInMin: string
  readonly hours: string
  readonly risk: RiskClass
  readonly officerFrom: string
  readonly phoneFrom: string
  readonly officerTo: string
  readonly phoneTo: string
  readonly goods: string
  readonly consignee: string
}
export const EMPTY: Form = {
  container: '',
  vehicle: '',
  declaration: '',
  seal: '',
  from: '',
  to: '',
  leaveInMin: '30',
  hours: '6',
  risk: 'medium',
  officerFrom: '',
  phoneFrom: '',
  officerTo: '',
  phoneTo: '',
  goods: '',
  consignee: '',
}

export interface NamedPlace {
  readonly name: string
  readonly lat: number
  readonly lon: number
  readonly radiusM?: number
  readonly area?: string
}
export interface FormWay {
  readonly line: readonly Point[]
  readonly halfWidthM: number
}

export const plainContainer = (words: string): string => words.toUpperCase().replace(/[^A-Z0-9]/g, '')
const plainName = (words: string): string => words.replace(/\s/g, '').toLowerCase()
export const placeNamed = (places: readonly NamedPlace[], name: string): NamedPlace | undefined =>
  name.trim() === '' ? undefined : places.find(one => plainName(one.name) === plainName(name))

export type FormFault =
  | { readonly what: 'digit'; readonly right: string }
  | { readonly what: 'container' | 'place' | 'same-place' | 'minutes' | 'hours' | 'phone' | 'no-name' }

/** A number that can be dialled: digits with the usual signs between. */
const isPhone = (words: string): boolean => /^\+?[0-9][0-9 ()-]{5,20}$/.test(words.trim())

/** What is wrong with what is typed; what is still empty is not wrong. */
export function faultsOf(form: Form, places: readonly NamedPlace[]): Partial<Record<keyof Form, FormFault>> {
  const faults: Partial<Record<keyof Form, FormFault>> = {}
  const container = plainContainer(form.container)
  if (container.length >= 11) {
    const read = readIdentifier(container)
    if (read?.kind !== 'container') faults.container = { what: 'container' }
    else if (!read.valid) faults.container = { what: 'digit', right: `${container.slice(0, 10)}${read.expectedCheckDigit}` }
  }
  for (const end of ['from', 'to'] as const) if (form[end].trim() !== '' && !placeNamed(places, form[end])) faults[end] = { what: 'place' }
  if (form.to.trim() !== '' && plainName(form.from) === plainName(form.to)) faults.to = { what: 'same-place' }
  if (!isBetween(form.leaveInMin, 0, 10_080)) faults.leaveInMin = { what: 'minutes' }
  if (!isBetween(form.hours, 0.25, 336)) faults.hours = { what: 'hours' }
  for (const [name, phone] of [
    ['officerFrom', 'phoneFrom'],
    ['officerTo', 'phoneTo'],
  ] as const) {
    if (form[phone].trim() === '') continue
    if (!isPhone(form[phone])) faults[phone] = { what: 'phone' }
    else if (form[name].trim() === '') faults[name] = { what: 'no-name' }
  }
  return faults
}
const isBetween = (words: string, least: number, most: number): boolean =>
  words.trim() !== '' && Number(words) >= least && Number(words) <= most

const officers = (name: string, phone: string) =>
  name.trim() === '' ? [] : [{ name: name.trim(), ...(phone.trim() === '' ? {} : { phone: phone.trim() }) }]
const said = (name: string, words: string): Record<string, string> => (words.trim() === '' ? {} : { [name]: words.trim() })
const placeOf = ({ name, lat, lon, radiusM, area }: NamedPlace): object => ({
  name,
  lat,
  lon,
  ...(radiusM === undefined ? {} : { radiusM }),
  ...(area === undefined ? {} : { area }),
})

/** As the API takes it; undefined until the places are known. */
export function bodyOf(
  form: Form,
  { places, way, nowMs, id, seal }: { places: readonly NamedPlace[]; way: FormWay | undefined; nowMs: number; id: string; seal: string },
): Readonly<Record<string, unknown>> | undefined {
  const [origin, destination] = [placeNamed(places, form.from), placeNamed(places, form.to)]
  if (!origin || !destination) return undefined
  const leaveMs = nowMs + Number(form.leaveInMin || 0) * 60_000
  const iso = (ms: number): string => new Date(ms).toISOString()
  return {
    id,
    container: plainContainer(form.container),
    origin: placeOf(origin),
    destination: placeOf(destination),
    risk: form.risk,
    departFrom: iso(nowMs - 3_600_000),
    departUntil: iso(leaveMs),
    arriveUntil: iso(leaveMs + Number(form.hours || 6) * 3_600_000),
    officers: { origin: officers(form.officerFrom, form.phoneFrom), destination: officers(form.officerTo, form.phoneTo) },
    ...said('vehicle', form.vehicle),
    ...said('declaration', form.declaration),
    ...said('goods', form.goods),
    ...said('consignee', form.consignee),
    ...(seal === '' ? {} : { seals: [{ seal }] }),
    ...(way && way.line.length >= 2 ? { corridor: { line: way.line, halfWidthM: way.halfWidthM } } : {}),
  }
}

/** What of it comes again, as the server keeps templates. */
export function templateOf(form: Form, places: readonly NamedPlace[], way: FormWay | undefined): Readonly<Record<string, unknown>> {
  const [origin, destination] = [placeNamed(places, form.from), placeNamed(places, form.to)]
  return {
    risk: form.risk,
    leaveWithinMin: Math.round(Number(form.leaveInMin) || 30),
    driveWithinMin: Math.max(1, Math.round((Number(form.hours) || 6) * 60)),
    officers: { origin: officers(form.officerFrom, form.phoneFrom), destination: officers(form.officerTo, form.phoneTo) },
    ...said('goods', form.goods),
    ...said('consignee', form.consignee),
    ...(origin ? { origin: placeOf(origin) } : {}),
    ...(destination ? { destination: placeOf(destination) } : {}),
    ...(way && way.line.length >= 2 ? { corridor: { line: way.line, halfWidthM: way.halfWidthM } } : {}),
  }
}

export interface Filled {
  readonly form: Partial<Form>
  readonly way?: FormWay
  /** Places of it, which the list may not know. */
  readonly places: readonly NamedPlace[]
}

/** A place as the server gives it; nothing where it is none. */
export function placeGiven(from: unknown): readonly NamedPlace[] {
  const [name, lat, lon] = [text(from, 'name'), number(from, 'lat'), number(from, 'lon')]
  const [radiusM, area] = [number(from, 'radiusM'), text(from, 'area')]
  return name === undefined || lat === undefined || lon === undefined
    ? []
    : [{ name, lat, lon, ...(radiusM === undefined ? {} : { radiusM }), ...(area === undefined ? {} : { area }) }]
}

/** From a template or the plan of an earlier journey: all but what is one journey's own. */
export function filledFrom(plan: unknown): Filled {
  const [origin, destination] = [placeGiven(field(plan, 'origin')), placeGiven(field(plan, 'destination'))]
  const officer = (end: string): unknown => list(field(plan, 'officers'), end)[0]
  const corridor = field(plan, 'corridor')
  const line = list(corridor, 'line').flatMap(point => {
    const [lon, lat] = list(point)
    return typeof lon === 'number' && typeof lat === 'number' ? [[lon, lat] as const] : []
  })
  const [from, until, arrive] = [time(plan, 'departFrom'), time(plan, 'departUntil'), time(plan, 'arriveUntil')]
  const leave = number(plan, 'leaveWithinMin') ?? (from === undefined || until === undefined ? undefined : 30)
  const driveMin = number(plan, 'driveWithinMin') ?? (until === undefined || arrive === undefined ? undefined : (arrive - until) / 60_000)
  const words = (name: keyof Form, value: string | undefined): Partial<Form> => (value === undefined ? {} : { [name]: value })
  return {
    places: [...origin, ...destination],
    form: {
      ...words('from', origin[0]?.name),
      ...words('to', destination[0]?.name),
      ...words('goods', text(plan, 'goods')),
      ...words('consignee', text(plan, 'consignee')),
      ...words('officerFrom', text(officer('origin'), 'name')),
      ...words('phoneFrom', text(officer('origin'), 'phone')),
      ...words('officerTo', text(officer('destination'), 'name')),
      ...words('phoneTo', text(officer('destination'), 'phone')),
      ...words('leaveInMin', leave === undefined ? undefined : String(leave)),
      ...words('hours', driveMin === undefined || driveMin <= 0 ? undefined : String(Math.round(driveMin / 6) / 10)),
      risk: RISK_CLASSES.find(one => one === text(plan, 'risk')) ?? 'medium',
    },
    ...(line.length >= 2 ? { way: { line, halfWidthM: number(corridor, 'halfWidthM') ?? 1000 } } : {}),
  }
}
