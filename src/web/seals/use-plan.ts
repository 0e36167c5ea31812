// What the page of planning holds: the form, the way, what the server says of it while it is typed, and what it is filled from.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type App, useApp } from '../app.ts'
import { field, flag, list, number, text } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { type SealView, seal as sealOf } from './model.ts'
import { PLACES } from './places.ts'
import { bodyOf, EMPTY, type Filled, type Form, type FormFault, faultsOf, type NamedPlace, placeGiven, placeNamed } from './plan-form.ts'
import { type Point, type Sketch, sketchOf, withEnds } from './sketch.ts'

export interface WayKnown {
  readonly kind: 'driven' | 'planned' | 'straight'
  readonly journeys: readonly string[]
  readonly line: readonly Point[]
  readonly halfWidthM: number
}
export interface PlanFaultView {
  readonly field: string
  readonly blocks: boolean
  readonly said: string
}
export interface Planning {
  readonly form: Form
  readonly places: readonly NamedPlace[]
  readonly faults: Partial<Record<keyof Form, FormFault>>
  /** The server's own judgement of the plan as it stands. */
  readonly judged: readonly PlanFaultView[]
  readonly ways: readonly WayKnown[]
  /** Which of them; undefined: drawn by hand, or kept with a template. */
  readonly way: number | undefined
  readonly sketch: Sketch | undefined
  readonly halfWidthM: number
  /** Seals that are free. */
  readonly seals: readonly SealView[]
  readonly isBusy: boolean
  readonly trouble: string | undefined
  readonly canSend: boolean
  set(change: Partial<Form>): void
  chooseWay(n: number): void
  draw(next: Sketch): void
  setWidth(halfWidthM: number): void
  fill(filled: Filled): void
  addPlace(place: NamedPlace): void
  send(): Promise<void>
}

const ASK_AFTER_MS = 400
const USUAL_HALF_WIDTH_M = 1000
const newId = (app: App): string => `J${Math.floor(app.now() / 1000).toString(36)}${crypto.randomUUID().slice(0, 4)}`
const reasonOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))

export function usePlan(): Planning {
  const app = useApp()
  const areas = useStore(app.areas)
  const [form, setForm] = useState<Form>(EMPTY)
  const [more, setMore] = useState<readonly NamedPlace[]>([])
  const [ways, setWays] = useState<readonly WayKnown[]>([])
  const [way, setWay] = useState<number>()
  const [sketch, setSketch] = useState<Sketch>()
  const [halfWidthM, setHalfWidth] = useState(USUAL_HALF_WIDTH_M)
  const [judged, setJudged] = useState<readonly PlanFaultView[]>([])
  const [seals, setSeals] = useState<readonly SealView[]>([])
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const id = useRef(newId(app))
  /** A way of the officer's own is not replaced by one that is known. */
  const isOwn = useRef(false)

  const places = useMemo((): readonly NamedPlace[] => {
    const known = [
      ...PLACES,
      ...areas.flatMap(area => {
        const ring = area.kind === 'designated' ? (area.polygon[0] ?? []) : []
        if (ring.length === 0) return []
        const middle = (n: 0 | 1): number => ring.reduce((sum, point) => sum + point[n], 0) / ring.length
        return [{ name: area.name, lon: middle(0), lat: middle(1), area: area.id }]
      }),
    ]
    return [...known, ...more.filter(one => !placeNamed(known, one.name))]
  }, [areas, more])
  const [origin, destination] = [placeNamed(places, form.from), placeNamed(places, form.to)]

  const take = useCallback((known: readonly WayKnown[], n: number): void => {
    const one = known[n]
    if (!one) return
    isOwn.current = false
    setWay(n)
    setSketch(sketchOf(one.line))
    setHalfWidth(one.halfWidthM)
  }, [])
  useEffect(() => {
    if (!origin || !destination || origin === destination) {
      setWays([])
      if (!isOwn.current) setSketch(undefined)
      return
    }
    const [from, to]: readonly [Point, Point] = [
      [origin.lon, origin.lat],
      [destination.lon, destination.lat],
    ]
    if (isOwn.current) setSketch(now => (now ? withEnds(now, from, to) : sketchOf([from, to])))
    let isOver = false
    const asked = `/api/journey-ways?from=${origin.lat},${origin.lon}&to=${destination.lat},${destination.lon}`
    void app.api.json('GET', asked).then(
      answer => {
        if (isOver) return
        const known = list(answer, 'ways').map(wayOf)
        setWays(known)
        if (!isOwn.current) take(known, 0)
      },
      reason => !isOver && setTrouble(reasonOf(reason)),
    )
    return () => {
      isOver = true
    }
    // Asked again when the places are others, not when areas are drawn anew.
  }, [app, take, origin?.lat, origin?.lon, destination?.lat, destination?.lon])
  useEffect(() => {
    // Where journeys of before began and ended; a name of the list above stands for its own place.
    void app.api.json('GET', '/api/journey-places').then(
      answer => setMore(now => [...now, ...list(answer, 'places').flatMap(placeGiven)]),
      () => undefined,
    )
  }, [app])
  useEffect(() => {
    if (!app.may('seals.look')) return
    void app.api.json('GET', '/api/seals').then(
      answer => setSeals(list(answer).map(sealOf).filter(isFree)),
      () => undefined,
    )
  }, [app])

  const sealId = useMemo(() => {
    const words = form.seal.trim()
    return seals.find(one => one.number === words)?.id ?? words
  }, [form.seal, seals])
  const body = useMemo(
    () =>
      bodyOf(form, {
        places,
        way: sketch && { line: sketch.line, halfWidthM },
        nowMs: app.now(),
        id: id.current,
        seal: sealId,
      }),
    [app, form, places, sketch, halfWidthM, sealId],
  )
  const isWhole = body !== undefined && form.container.trim() !== ''
  useEffect(() => {
    if (!isWhole) return setJudged([])
    let isOver = false
    const timer = setTimeout(() => {
      void app.api.json('POST', '/api/journeys/bulk?dryRun=true', { journeys: [body] }).then(
        answer => !isOver && setJudged(list(list(answer, 'results')[0], 'said').map(faultOf)),
        reason => !isOver && setJudged([{ field: '', blocks: true, said: reasonOf(reason) }]),
      )
    }, ASK_AFTER_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [app, body, isWhole])

  const faults = useMemo(() => faultsOf(form, places), [form, places])
  const canSend = isWhole && !isBusy && Object.keys(faults).length === 0
  return {
    form,
    places,
    faults,
    judged,
    ways,
    way,
    sketch,
    halfWidthM,
    seals,
    isBusy,
    trouble,
    canSend,
    set: change => setForm(now => ({ ...now, ...change })),
    chooseWay: n => take(ways, n),
    draw(next) {
      isOwn.current = true
      setWay(undefined)
      setSketch(next)
    },
    setWidth: setHalfWidth,
    fill(filled) {
      setMore(now => [...now, ...filled.places])
      setForm(now => ({ ...now, ...filled.form }))
      isOwn.current = filled.way !== undefined
      if (!filled.way) return
      setWay(undefined)
      setSketch(sketchOf(filled.way.line))
      setHalfWidth(filled.way.halfWidthM)
    },
    addPlace: place => setMore(now => [...now.filter(one => one.name !== place.name), place]),
    async send() {
      const origin_ = placeNamed(places, form.from)
      if (!origin_ || !body) return setTrouble(app.say('seals.plan.places-missing'))
      setBusy(true)
      setTrouble(undefined)
      try {
        const answer = await app.api.json('POST', '/api/journeys', body)
        const warnings = list(answer, 'warnings').flatMap(one => text(one, 'said') ?? [])
        app.toast([app.say('seals.plan.taken', { container: text(answer, 'container') ?? '' }), ...warnings].join(' · '))
        await app.seals.load()
        app.go({ sieve: undefined, item: id.current })
        id.current = newId(app)
        setForm(EMPTY)
      } catch (reason) {
        setTrouble(reasonOf(reason))
      }
      setBusy(false)
    },
  }
}

const isFree = (one: SealView): boolean =>
  one.journey === undefined && (one.life === 'in-stock' || one.life === 'issued' || one.life === 'returned')

const wayOf = (from: unknown): WayKnown => ({
  kind: text(from, 'kind') === 'driven' ? 'driven' : text(from, 'kind') === 'planned' ? 'planned' : 'straight',
  journeys: list(from, 'journeys').filter(one => typeof one === 'string'),
  halfWidthM: number(from, 'halfWidthM') ?? USUAL_HALF_WIDTH_M,
  line: list(from, 'line').flatMap(point => {
    const [lon, lat] = list(point)
    return typeof lon === 'number' && typeof lat === 'number' ? [[lon, lat] as const] : []
  }),
})
const faultOf = (from: unknown): PlanFaultView => ({
  field: text(from, 'field') ?? '',
  blocks: flag(from, 'blocks') || field(from, 'blocks') === undefined,
  said: text(from, 'said') ?? '',
})
