// A journey from port to depot: its states, its violations with their near misses, and that the order of coming never shows.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HeardReport, JourneyDeed, JourneyPlan, SealPlaces } from '#seals/index.ts'
import {
  armed,
  deed,
  drive,
  LEAVES_MS,
  MINUTE_MS,
  madePass,
  madePlaces,
  madePlan,
  madeReport,
  onRoad,
  ROAD_M,
  SEAL,
} from '#testkit/made-journey.ts'
import { VIOLATIONS } from '../schema.ts'

const byTime = (a: { readonly atMs: number; readonly what: string }, b: typeof a): number => a.atMs - b.atMs || (a.what < b.what ? -1 : 1)
type Facts = readonly (HeardReport | JourneyDeed)[]
const stop = (fromMinute: number, toMinute: number, alongM: number, change: Partial<HeardReport> & { rightM?: number } = {}): Facts => {
  const reports: HeardReport[] = []
  for (let minute = fromMinute; minute <= toMinute; minute += 0.5) reports.push(madeReport(minute, alongM, { speedKmh: 0, ...change }))
  return reports
}
const arrive = (minute = 40): Facts => [...drive(0, minute), madeReport(minute + 1, ROAD_M, { speedKmh: 0 })]

describe('the states of a journey', () => {
  test('fitted, armed, under way, in the designated area, arrived, opened by the card of its officer there, closed', () => {
    const made = madePass()
    made.feed(...armed(), ...arrive())
    expect(made.standing()).toMatchObject({ state: 'arrived', word: 'normal', locked: true, batteryPercent: 80 })
    made.feed(madeReport(43, ROAD_M, { speedKmh: 0, events: ['unsealed-by-card'], card: '1234567890', locked: false }), deed(45, 'close'))
    expect(made.states()).toEqual(['fitted', 'armed', 'under-way', 'in-designated-area', 'arrived', 'unsealed', 'closed'])
    expect(made.found()).toEqual([])
    expect(made.faults).toEqual([])
  })

  test.each<[string, Facts]>([
    ['its lock is open', [deed(-20, 'fit', { seal: SEAL, container: 'TEMU1234565' }), madeReport(-10, 0, { speedKmh: 0, locked: false })]],
    ['it is not at its origin', [deed(-20, 'fit', { seal: SEAL }), madeReport(-10, 5000, { speedKmh: 0 })]],
    ['nobody has fitted it', [madeReport(-10, 0, { speedKmh: 0 })]],
    ['another container was seen', [deed(-20, 'fit', { seal: SEAL, container: 'MSKU0000000' }), madeReport(-10, 0, { speedKmh: 0 })]],
    ['its battery would not last', [deed(-20, 'fit', { seal: SEAL }), madeReport(-10, 0, { speedKmh: 0, batteryPercent: 12 })]],
    ['nobody knows where it is', [deed(-20, 'fit', { seal: SEAL }), madeReport(-10, 0, { lat: 0, lon: 0 })]],
  ])('it is not armed while %s', (_why, facts) => {
    const made = madePass()
    made.feed(...facts)
    expect(made.states()).not.toContain('armed')
  })

  test.each<[string, string, Partial<JourneyPlan>, Facts]>([
    ['a named officer', 'unsealed', {}, [deed(42, 'authorise-unseal', { officers: ['lee'], who: 'lee' })]],
    [
      'one officer of two where the risk is high',
      'arrived',
      { risk: 'high' },
      [deed(42, 'authorise-unseal', { officers: ['lee'], who: 'lee' })],
    ],
    ['two officers where the risk is high', 'unsealed', { risk: 'high' }, [deed(42, 'authorise-unseal', { officers: ['lee', 'kim'] })]],
    [
      'an officer whose hour has passed',
      'arrived',
      {},
      [deed(42, 'authorise-unseal', { officers: ['lee'], untilMs: LEAVES_MS + 42.5 * MINUTE_MS })],
    ],
  ])('opened at its destination with %s it is %s', (_who, state, change, facts) => {
    const made = madePass(madePlan(change))
    made.feed(...armed(), ...arrive(), ...facts, madeReport(43, ROAD_M, { speedKmh: 0, events: ['shackle-opened'], locked: false }))
    expect(made.standing().state).toBe(state)
    expect(made.found()).toEqual(state === 'unsealed' ? [] : ['seal-opened'])
  })

  test('opened by card in the same second in which another report already says that it is open, it is unsealed, whichever comes first', () => {
    const open = { speedKmh: 0, locked: false }
    const [state, card] = [
      madeReport(43, ROAD_M, open),
      madeReport(43, ROAD_M, { ...open, events: ['unsealed-by-card'], card: '1234567890', ...onRoad(ROAD_M, 5) }),
    ]
    for (const pair of [
      [state, card],
      [card, state],
    ]) {
      const made = madePass()
      made.feed(...armed(), ...arrive(), ...pair)
      expect([made.standing().state, made.found()]).toEqual(['unsealed', []])
    }
  })

  test('an opening counts as authorised where the device’s clock is a minute behind the deed', () => {
    const made = madePass()
    made.feed(
      ...armed(),
      ...arrive(),
      deed(43, 'authorise-unseal', { officers: ['lee'], who: 'lee' }),
      madeReport(42.5, ROAD_M, { speedKmh: 0, events: ['shackle-opened'], locked: false, receivedAtMs: LEAVES_MS + 43.5 * MINUTE_MS }),
    )
    expect(made.standing().state).toBe('unsealed')
    expect(made.found()).toEqual([])
  })

  const [LONG, OPENED] = [2000, madeReport(5.005, 5000, { events: ['opened-while-sealed'], locked: false })]
  const longWay = (made: ReturnType<typeof madePass>): void => {
    made.feed(...armed())
    for (let n = 0; n < LONG; n++) made.feed(madeReport(n / 60, n * 10))
  }
  test('what lies before two thousand newer reports is judged in its place, once no more of it comes for a moment', () => {
    const [made, inOrder] = [madePass(), madePass()]
    longWay(made)
    made.feed(OPENED)
    expect(made.found()).toEqual([])
    made.pass.tick(OPENED.receivedAtMs + 60_000)
    inOrder.feed(...armed())
    for (let n = 0; n < LONG; n++) {
      if (n === 301) inOrder.feed(OPENED)
      inOrder.feed(madeReport(n / 60, n * 10))
    }
    expect(made.found()).toEqual(['seal-opened'])
    expect([...made.lines.values()].map(({ n: _n, ...line }) => line).sort(byTime)).toEqual(
      [...inOrder.lines.values()].map(({ n: _n, ...line }) => line).sort(byTime),
    )
    const { heardAtMs: _heard, ...standing } = made.standing()
    expect(inOrder.standing()).toMatchObject(standing)
  })
  test('while what was kept cannot be read, such a thing waits and is not lost, also over a restart', () => {
    const made = madePass(madePlan(), madePlaces(), false)
    longWay(made)
    made.feed(OPENED)
    made.pass.tick(OPENED.receivedAtMs + 60_000)
    expect(made.found()).toEqual([])
    const saved = JSON.parse(JSON.stringify(made.pass.save(madePlan().id)))
    const next = madePass()
    next.keeps(...armed(), ...Array.from({ length: LONG }, (_, n) => madeReport(n / 60, n * 10)))
    next.pass.restore(madePlan(), saved)
    next.pass.tick(OPENED.receivedAtMs + 120_000)
    expect(next.found()).toEqual(['seal-opened'])
  })

  test('a road through the destination’s edge, without a stop there, leaves nothing', () => {
    const made = madePass()
    made.feed(...armed(), ...drive(0, 40), madeReport(42, ROAD_M - 1500, {}), madeReport(44, ROAD_M - 2500, {}))
    expect(made.standing().state).toBe('under-way')
    expect(made.found()).toEqual([])
  })

  test('progress, what remains and the time of arrival go with it', () => {
    const made = madePass()
    made.feed(...armed(), ...drive(0, 20))
    const { progressM = 0, remainingM = 0, deviationM = 99, etaMs = 0 } = made.standing()
    expect(progressM).toBeCloseTo(20_000, -2)
    expect(remainingM).toBeCloseTo(20_000, -2)
    expect(deviationM).toBeLessThan(5)
    expect(Math.abs(etaMs - (LEAVES_MS + 40 * MINUTE_MS))).toBeLessThan(3 * MINUTE_MS)
  })

  test('where a corridor crosses itself, progress goes on along it and does not leap', () => {
    const cross: readonly (readonly [number, number])[] = [
      [128.8, 35.0],
      [128.9, 35.1],
      [128.9, 35.0],
      [128.8, 35.1],
    ]
    const made = madePass(madePlan({ corridor: { line: cross, halfWidthM: 500 }, origin: { name: '가', lat: 35, lon: 128.8 } }))
    made.feed(
      deed(-20, 'fit', { seal: SEAL }),
      madeReport(-10, 0, { lat: 35, lon: 128.8, speedKmh: 0 }),
      ...[0.2, 0.4, 0.5, 0.6, 0.8].map((share, n) => madeReport(n * 3, 0, { lat: 35 + share * 0.1, lon: 128.8 + share * 0.1 })),
    )
    expect(made.standing().progressM).toBeLessThan(15_000)
    expect(made.found()).toEqual([])
  })
})

const circle = (name: string, alongM: number, rightM = 0) => ({ id: name, name, ...onRoad(alongM, rightM), radiusM: 400 })

/** What happens, what is found then; and what is so near to it that nothing may be found. */
const CASES: readonly {
  readonly name: (typeof VIOLATIONS)[number]
  readonly hit: Facts
  readonly miss: Facts
  readonly plan?: Partial<JourneyPlan>
  readonly places?: SealPlaces
  readonly tickMinute?: number
  readonly missTickMinute?: number
}[] = [
  {
    name: 'seal-opened',
    hit: [...drive(0, 10), madeReport(10.5, 10_500, { events: ['opened-while-sealed'], locked: false })],
    miss: [...arrive(), deed(42, 'authorise-unseal'), madeReport(43, ROAD_M, { speedKmh: 0, events: ['shackle-opened'], locked: false })],
  },
  { name: 'seal-cut', hit: [madeReport(5, 5000, { events: ['wire-cut'] })], miss: [madeReport(5, 5000, { events: ['vibration'] })] },
  { name: 'shell-tampered', hit: [madeReport(5, 5000, { events: ['cover-opened'] })], miss: [madeReport(5, 5000, { events: ['shock'] })] },
  { name: 'seal-removed', hit: [madeReport(5, 5000, { events: ['removed'] })], miss: [madeReport(5, 5000, { events: ['moved'] })] },
  {
    name: 'wrong-key',
    hit: [madeReport(5, 5000, { events: ['wrong-password-limit'] })],
    miss: [madeReport(5, 5000, { events: ['unseal-refused-wrong-password'] })],
  },
  {
    name: 'card-outside-area',
    hit: [madeReport(5, 5000, { events: ['unseal-refused-outside-area'] })],
    miss: [madeReport(5, 5000, { events: ['vehicle-card'] })],
  },
  {
    name: 'left-route',
    hit: drive(0, 14, minute => ({ rightM: minute > 10 ? (minute - 10) * 900 : 0 })),
    miss: drive(0, 14, minute => ({ rightM: minute > 10 ? 1150 : 0 })),
  },
  {
    name: 'stopped-off-plan',
    hit: [...drive(0, 10), ...stop(10.5, 21.5, 10_000)],
    miss: [...drive(0, 10), ...stop(10.5, 20, 10_000)],
  },
  {
    name: 'wrong-area-stop',
    places: madePlaces({ designated: [circle('다른 창고', 15_000, 300)] }),
    hit: [...drive(0, 15), ...stop(15.5, 20, 15_000, { rightM: 300 })],
    miss: drive(0, 25, minute => (minute > 14 && minute < 16 ? { rightM: 300 } : {})),
  },
  {
    name: 'forbidden-area-entered',
    places: madePlaces({ forbidden: [circle('금지', 15_000, 600)] }),
    hit: drive(0, 15, minute => (minute === 15 ? { rightM: 600 } : {})),
    miss: drive(0, 25),
  },
  {
    name: 'designated-area-left',
    hit: [...arrive(), madeReport(44, ROAD_M - 900, {}), madeReport(45, ROAD_M - 950, {})],
    miss: [...arrive(), madeReport(44, ROAD_M - 600, {}), madeReport(45, ROAD_M - 400, { speedKmh: 0 })],
  },
  { name: 'late', hit: drive(0, 10), miss: drive(0, 10), tickMinute: 121, missTickMinute: 11 },
  {
    name: 'early',
    plan: { arriveFromMs: LEAVES_MS + 60 * MINUTE_MS },
    hit: arrive(),
    miss: [...drive(0, 39), ...stop(39.5, 41, 39_000), madeReport(61, ROAD_M, { speedKmh: 0 })],
  },
  { name: 'not-started', hit: [], miss: [madeReport(44, 0, { speedKmh: 0 })], tickMinute: 46, missTickMinute: 44 },
  {
    name: 'arrival-impossible',
    hit: [...drive(0, 5), madeReport(16, ROAD_M, { speedKmh: 0 })],
    miss: [...drive(0, 5), madeReport(24, ROAD_M, { speedKmh: 0 })],
  },
  { name: 'seal-silent', hit: drive(0, 10), miss: drive(0, 10), tickMinute: 12, missTickMinute: 11.3 },
  {
    name: 'position-doubtful',
    hit: [...drive(0, 5), ...drive(5.5, 11, () => ({ fixValid: false }))],
    miss: [...drive(0, 5), ...drive(5.5, 9, () => ({ fixValid: false })), ...drive(9.5, 12)],
  },
  {
    name: 'separated',
    plan: {
      seals: [
        { seal: SEAL, fitting: 'container' },
        { seal: 'jt808:tractor', fitting: 'tractor' },
      ],
    },
    hit: drive(0, 12).flatMap(one => [
      one,
      { ...one, seal: 'jt808:tractor', ...(one.atMs > LEAVES_MS + 5 * MINUTE_MS ? onRoad(60_000) : {}) },
    ]),
    miss: drive(0, 12).flatMap(one => [one, { ...one, seal: 'jt808:tractor' }]),
  },
  { name: 'low-battery', hit: [madeReport(5, 5000, { batteryPercent: 14 })], miss: [madeReport(5, 5000, { batteryPercent: 15 })] },
  { name: 'motor-fault', hit: [madeReport(5, 5000, { events: ['motor-stuck'] })], miss: [madeReport(5, 5000, { events: ['fault'] })] },
  {
    name: 'clock-drift',
    hit: [madeReport(5, 5000, { atMs: Date.UTC(2019, 0, 1) })],
    miss: [madeReport(5, 5000, { receivedAtMs: LEAVES_MS + 90 * MINUTE_MS })],
  },
]

describe('a violation is found, and what is nearly one is not', () => {
  test.each(CASES.map(one => [one.name, one] as const))('%s', (name, { hit, miss, plan = {}, places, tickMinute, missTickMinute }) => {
    const found = [hit, miss].map((facts, n) => {
      const made = madePass(madePlan(plan), places)
      made.feed(...armed(), ...facts)
      const minute = n === 0 ? tickMinute : missTickMinute
      if (minute !== undefined) made.pass.tick(LEAVES_MS + minute * MINUTE_MS)
      expect(made.faults).toEqual([])
      return made
    })
    expect(found[0]!.found()).toContain(name)
    expect(found[1]!.found()).toEqual([])
    const [finding] = found[0]!.findings().filter(one => one.detector === name)
    expect(finding?.subjects.slice(0, 2)).toEqual([
      { kind: 'journey', id: 'J1' },
      { kind: 'container', id: 'TEMU1234565' },
    ])
    expect(finding?.why.ko).toMatch(/TEMU1234565.*[가-힣]/)
    expect(finding?.why.en).toMatch(/[a-z]{3} [a-z]/)
  })

  test('seal-mismatch: a gate sees another vehicle, and the right one is none', () => {
    const made = madePass()
    const gate = {
      id: 'g1',
      gate: '양산 게이트',
      ...onRoad(30_000),
      atMs: LEAVES_MS + 30 * MINUTE_MS,
      receivedAtMs: LEAVES_MS + 30 * MINUTE_MS,
      mark: -1,
    }
    made.feed(...armed(), ...drive(0, 30))
    made.pass.gate({ ...gate, container: 'TEMU1234565', vehicle: '부산81아0000' })
    expect(made.found()).toEqual([])
    // Written by a person with blanks, and the only thing that was seen.
    made.pass.gate({ ...gate, id: 'g1b', vehicle: '부산 81아 0000', mark: 7 })
    expect(made.found()).toEqual([])
    expect([...made.lines.values()].filter(one => one.kind === 'gate')).toHaveLength(2)
    made.pass.gate({ ...gate, id: 'g2', container: 'TEMU1234565', vehicle: '경남88바0000' })
    expect(made.found()).toEqual(['seal-mismatch'])
  })

  test('arrival-impossible counts from where it was seen to have left: out of a large port a short way at 85 km/h is possible', () => {
    const lengthM = 10_000
    const made = madePass(
      madePlan({
        origin: { name: '부산신항', ...onRoad(0), radiusM: 4000 },
        destination: { name: '가까운 창고', ...onRoad(lengthM), radiusM: 500 },
        stops: [],
        corridor: { line: [0, 5000, lengthM].map(m => [onRoad(m).lon, onRoad(m).lat] as const), halfWidthM: 1000 },
      }),
    )
    const reports = Array.from({ length: 16 }, (_, n) => {
      const alongM = Math.min(lengthM, (n / 2) * (85_000 / 60))
      return madeReport(n / 2, alongM, { speedKmh: alongM < lengthM ? 85 : 0 })
    })
    made.feed(...armed(), ...reports)
    expect(made.standing().state).toBe('arrived')
    expect(made.found()).toEqual([])
  })

  test('separated: two devices that come out of a dead zone with an hour of reports, half a minute apart, are not apart', () => {
    const tractor = 'jt808:tractor'
    const made = madePass(
      madePlan({
        seals: [
          { seal: SEAL, fitting: 'container' },
          { seal: tractor, fitting: 'tractor' },
        ],
      }),
    )
    const receivedAtMs = LEAVES_MS + 90 * MINUTE_MS
    const reports = drive(0, 38).map((one, n) => ({ ...one, receivedAtMs, ...(n % 2 === 0 ? {} : { seal: tractor }) }))
    const fitted = armed().map(one => ('deed' in one ? one : { ...one, receivedAtMs }))
    made.feed(...fitted, ...reports.filter(one => one.seal === SEAL), ...reports.filter(one => one.seal === tractor))
    expect(made.found()).toEqual([])
  })

  const heartbeat = (minute: number): HeardReport => {
    const { lat: _lat, lon: _lon, speedKmh: _speed, fixValid: _fix, ...rest } = madeReport(minute, 0)
    return rest
  }
  test.each([
    ['stopped-off-plan', 8, madePlaces()],
    ['wrong-area-stop', 2, madePlaces({ designated: [{ id: 'A', name: '다른 창고', ...onRoad(10_000), radiusM: 400 }] })],
  ] as const)('%s: a heartbeat says nothing of where it stands, so a stop lasts as long as it was seen', (name, minutes, places) => {
    const made = madePass(madePlan(), places)
    made.feed(...armed(), ...drive(0, 10), ...stop(10.5, 10.5 + minutes, 10_000), heartbeat(30))
    expect(made.found()).toEqual([])
    made.feed(...stop(30.5, 31, 10_000))
    expect(made.found()).toContain(name)
  })

  test('position-doubtful: one heartbeat long after a bad fix is none, a seal that only sends heartbeats is', () => {
    const made = madePass()
    made.feed(...armed(), ...drive(0, 5), madeReport(5.5, 5500, { fixValid: false }), heartbeat(30))
    expect(made.found()).toEqual([])
    made.feed(heartbeat(33), heartbeat(36))
    expect(made.found()).toEqual(['position-doubtful'])
  })

  test('co-stop: two journeys stand together off their plans; of one convoy it is none', () => {
    for (const convoy of [undefined, 'c1']) {
      const made = madePass(madePlan(convoy === undefined ? {} : { convoy }))
      made.pass.setSeals([
        { id: 'jt808:2', deviceId: '2', protocol: 'jt808', number: 'KC-2', life: 'issued', organisation: 'busan', reportEveryS: 30 },
      ])
      made.pass.plan(
        madePlan({
          id: 'J2',
          container: 'MSCU6639870',
          seals: [{ seal: 'jt808:2', fitting: 'container' }],
          ...(convoy === undefined ? {} : { convoy }),
        }),
      )
      const both = [...drive(0, 10), ...stop(10.5, 17, 10_000)] as readonly HeardReport[]
      made.feed(
        ...armed(),
        deed(-20, 'fit', { id: 'fit-2', journey: 'J2', seal: 'jt808:2' }),
        madeReport(-10, 0, { seal: 'jt808:2', speedKmh: 0 }),
      )
      for (const one of both) made.feed(one, { ...one, seal: 'jt808:2' })
      made.pass.tick(LEAVES_MS + 17 * MINUTE_MS)
      expect(made.found()).toEqual(convoy === undefined ? ['co-stop'] : [])
    }
  })

  test('every name of the list is among these tests', () => {
    expect([...CASES.map(one => one.name), 'seal-mismatch', 'co-stop'].sort()).toEqual([...VIOLATIONS].sort())
  })
})

describe('what comes late, twice or in pieces', () => {
  const whole: Facts = [
    ...drive(0, 10),
    ...stop(10.5, 23, 10_000),
    ...drive(23.5, 30, minute => ({ ...onRoad((minute - 13) * 1000, minute > 26 ? (minute - 26) * 900 : 0) })),
    madeReport(31, 18_000, { rightM: 3500, events: ['opened-while-sealed'], locked: false }),
  ]
  const told = (made: ReturnType<typeof madePass>) => ({
    lines: [...made.lines.values()]
      .map(({ n: _n, knownAtMs: _known, ...line }) => line)
      .sort((a, b) => a.atMs - b.atMs || (a.what < b.what ? -1 : 1)),
    findings: made
      .findings()
      .filter(one => one.withdrawnAt === undefined)
      .map(({ id, from, to, severity }) => ({ id, from, to, severity }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    standing: (({ heardAtMs: _heard, ...rest }) => rest)(made.standing()),
  })
  const ordered = (() => {
    const made = madePass()
    made.feed(...armed(), ...whole)
    return told(made)
  })()

  test('in order they give an unplanned stop, a left corridor and an opening', () => {
    expect(ordered.findings.map(one => one.id.split('|')[0])).toEqual(['left-route', 'seal-opened', 'stopped-off-plan'])
  })

  test('any order and any repetition gives the same lines, findings and standing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: whole.length, maxLength: whole.length }), fc.nat(whole.length - 1), (keys, again) => {
        const made = madePass()
        const shuffled = whole.map((fact, n) => [keys[n] ?? 0, fact] as const).sort((a, b) => a[0] - b[0])
        made.feed(...armed(), ...shuffled.map(([, fact]) => fact), whole[again]!)
        expect(told(made)).toEqual(ordered)
      }),
      { numRuns: 60 },
    )
  })

  test('what comes late after something came late is judged in its place, with all that lies between', () => {
    const last = whole.length - 1
    for (let first = 0; first < last - 1; first += 2) {
      const late = [first, last, last - 1].map(n => whole[n]!)
      const made = madePass()
      made.feed(...armed(), ...whole.filter(fact => !late.includes(fact)), ...late)
      expect([first, told(made)]).toEqual([first, ordered])
    }
  })

  test('kept and taken up again anywhere it goes on as if nothing had been', () => {
    for (const cut of [0, 7, 30, whole.length - 1]) {
      const first = madePass()
      first.feed(...armed(), ...whole.slice(0, cut))
      const saved = JSON.parse(JSON.stringify(first.pass.save('J1')))
      const second = madePass()
      second.pass.restore(madePlan(), saved)
      for (const line of first.lines.values()) second.lines.set(line.n, line)
      second.feed(...whole.slice(cut))
      expect(told(second).standing).toEqual(ordered.standing)
      expect(told(second).lines).toEqual(ordered.lines)
    }
  })

  test('a journey that is planned when it should have left already is not called late before its seal had time to tell', () => {
    const made = madePass()
    made.pass.tick(LEAVES_MS + 60 * MINUTE_MS)
    made.pass.plan(madePlan({ id: 'J9', seals: [] }))
    made.pass.tick(LEAVES_MS + 62 * MINUTE_MS)
    expect(made.events.filter(one => one.finding.subjects[0]?.id === 'J9')).toEqual([])
    made.pass.tick(LEAVES_MS + 64 * MINUTE_MS)
    expect(made.events.filter(one => one.finding.subjects[0]?.id === 'J9').map(one => one.finding.detector)).toEqual(['not-started'])
  })

  test('an opening told long after a dead zone is kept and shown, without sound', () => {
    const made = madePass()
    made.feed(
      ...armed(),
      ...drive(0, 10),
      madeReport(10.2, 10_200, { events: ['opened-while-sealed'], receivedAtMs: LEAVES_MS + 40 * MINUTE_MS }),
    )
    expect(made.findings().map(({ detector, live }) => ({ detector, live }))).toEqual([{ detector: 'seal-opened', live: false }])
  })

  test('a delay that looked like a late arrival is taken back when the reports come', () => {
    const made = madePass()
    made.feed(...armed(), ...drive(0, 30))
    made.pass.tick(LEAVES_MS + 125 * MINUTE_MS)
    expect(made.found()).toContain('late')
    made.feed(
      ...(arrive()
        .slice(61)
        .map(one => ({ ...one, receivedAtMs: LEAVES_MS + 126 * MINUTE_MS })) as Facts),
    )
    made.pass.tick(LEAVES_MS + 127 * MINUTE_MS)
    expect(made.found()).not.toContain('late')
  })

  test('a track that jitters along the edge of its corridor raises nothing, or one thing once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -180, max: 180 }), { minLength: 40, maxLength: 40 }), jitter => {
        const made = madePass()
        made.feed(...armed(), ...drive(0, 19.5, minute => ({ rightM: 1000 + (jitter[minute * 2] ?? 0) })))
        expect(made.events).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
