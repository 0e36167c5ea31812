// Who passes a gate: seen many times, told once; times mended; two lanes, two ways, trucks close behind each other.
import { describe, expect, test } from 'vitest'
import type { GateEvent } from '../pass-contract.ts'
import type { TagRead } from '../protocols/llrp.ts'
import { GATE_OPTIONS, readGate } from './gate.ts'
import { createGateReads, type GateReads, type TagOwner, type UnknownTag } from './gate-reads.ts'

const NOW = Date.UTC(2026, 10, 24, 3)
const SEAL = '3014257bf46db64000000001'
const BOX = '3014257bf46db64000000002'
const OTHER_BOX = '3014257bf46db64000000003'
const TRUCK = '3014257bf46db64000000004'
const OWNERS: Readonly<Record<string, TagOwner>> = {
  [SEAL]: { seal: `rfid:${SEAL}` },
  [BOX]: { container: 'TEMU1234565' },
  [OTHER_BOX]: { container: 'MSKU0000007' },
  [TRUCK]: { vehicle: '부산81아0000' },
}

interface Gate {
  readonly passed: GateEvent[]
  readonly unknown: UnknownTag[]
  readonly reads: GateReads
  /** Seen from so many seconds after NOW until so many, and heard of at once. */
  sees(epcHex: string, fromS: number, toS: number, more?: Partial<TagRead>): void
}

function gateWith(options: Readonly<Record<string, string>> = {}): Gate {
  const gate = readGate({ gate: '양산 3번', lat: '35.4', lon: '129', ...options }, 'gate-3')
  if (!gate.ok) throw new Error(gate.reason.en)
  const passed: GateEvent[] = []
  const unknown: UnknownTag[] = []
  const reads = createGateReads({
    feed: 'gate-3',
    gate: () => gate.value,
    ownerOf: epcHex => OWNERS[epcHex],
    onPassage: event => passed.push(event),
    onUnknown: tag => unknown.push(tag),
  })
  return {
    passed,
    unknown,
    reads,
    sees(epcHex, fromS, toS, more) {
      const tag = { epcHex, epcBits: 96, antenna: 1, firstSeenUtcMs: NOW + 1000 * fromS, lastSeenUtcMs: NOW + 1000 * toS, ...more }
      reads.tags([tag], NOW + 1000 * toS, 7)
    },
  }
}

describe('a passage', () => {
  test('is told once, when it begins, with the place, the time and the entry of the ledger', () => {
    const { passed, sees } = gateWith()
    for (let s = 0; s < 120; s++) sees(SEAL, s, s + 0.4)
    expect(passed).toEqual([
      {
        id: `gate-3|${SEAL}|${NOW}`,
        gate: '양산 3번',
        lat: 35.4,
        lon: 129,
        atMs: NOW,
        receivedAtMs: NOW + 400,
        mark: 7,
        seal: `rfid:${SEAL}`,
      },
    ])
  })

  test.each([
    ['60 s later it is the same', {}, 60, 1],
    ['61 s later it is another', {}, 61, 2],
    ['as the gate says: 10 s', { again: '10' }, 11, 2],
  ])('%s', (_, options, laterS, count) => {
    const { passed, sees } = gateWith(options)
    sees(SEAL, 0, 0)
    sees(SEAL, laterS, laterS)
    expect(passed).toHaveLength(count)
  })

  test('a report that was held and comes late is of its own time, and the one of now goes on', () => {
    const { passed, reads, sees } = gateWith()
    sees(SEAL, 0, 5)
    reads.tags([{ epcHex: SEAL, epcBits: 96, firstSeenUtcMs: NOW - 3_600_000, lastSeenUtcMs: NOW - 3_599_000 }], NOW + 6000, 8)
    sees(SEAL, 7, 8)
    expect(passed.map(({ atMs, mark }) => [atMs - NOW, mark])).toEqual([
      [0, 7],
      [-3_600_000, 8],
    ])
  })

  test('what a reader leaves out is as in the tag before, until it is connected to anew', () => {
    const { passed, reads } = gateWith({ in: '1', out: '2' })
    const bare = (epcHex: string): TagRead => ({ epcHex, epcBits: 96 })
    reads.tags([{ ...bare(SEAL), antenna: 2 }, bare(BOX)], NOW, 1)
    reads.event({ attempt: 'success', utcMs: NOW }, NOW)
    reads.tags([bare(TRUCK)], NOW, 2)
    expect(passed.map(event => event.direction)).toEqual(['out', 'out', undefined])
  })

  test('a tag that is weaker than the gate’s limit stands in another lane', () => {
    const { passed, reads, sees } = gateWith({ rssi: '-65' })
    sees(SEAL, 0, 0, { peakRssiDbm: -66 })
    sees(BOX, 0, 0, { peakRssiDbm: -65 })
    sees(TRUCK, 0, 0)
    expect(passed.map(({ container, vehicle, seal }) => container ?? vehicle ?? seal)).toEqual(['TEMU1234565', '부산81아0000'])
    expect(reads.weak).toBe(1)
  })
})

describe('times', () => {
  const at = (reader: { utcMs?: number; uptimeMs?: number } | undefined, tag: Partial<TagRead>): number => {
    const { passed, reads } = gateWith()
    if (reader) reads.event({ attempt: 'success', ...reader }, NOW)
    reads.tags([{ epcHex: SEAL, epcBits: 96, ...tag }], NOW + 60_000, 1)
    return passed[0]!.atMs - NOW
  }
  test.each([
    ['are the reader’s', at({ utcMs: NOW }, { firstSeenUtcMs: NOW + 30_000 }), 30_000],
    ['also where it is a second off', at({ utcMs: NOW - 1000 }, { firstSeenUtcMs: NOW + 30_000 }), 30_000],
    ['are mended where its clock is of 2019', at({ utcMs: NOW - 2e11 }, { firstSeenUtcMs: NOW - 2e11 + 30_000 }), 30_000],
    ['are mended where its clock is ahead', at({ utcMs: NOW + 7_200_000 }, { firstSeenUtcMs: NOW + 7_230_000 }), 30_000],
    ['come from how long it runs where it has no clock', at({ uptimeMs: 5000 }, { firstSeenUptimeMs: 35_000 }), 30_000],
    ['are those of receipt where it runs since who knows when', at(undefined, { firstSeenUptimeMs: 35_000 }), 60_000],
    ['are those of receipt where it tells none', at(undefined, {}), 60_000],
    ['are never after receipt', at({ utcMs: NOW }, { firstSeenUtcMs: NOW + 9e9 }), 60_000],
  ])('%s', (_, toldMs, wantedMs) => {
    expect(toldMs).toBe(wantedMs)
  })
})

describe('together at a gate where one truck stands at a time', () => {
  const together = (passed: readonly GateEvent[]) => passed.filter(event => event.id.endsWith('|together'))

  test('seal, container and truck seen within the time are told as one when it is over', () => {
    const { passed, reads, sees } = gateWith({ join: '5' })
    sees(TRUCK, 0, 0)
    sees(SEAL, 2, 2)
    sees(BOX, 4, 4)
    reads.tick(NOW + 5000)
    expect(together(passed)).toEqual([])
    reads.tick(NOW + 5001)
    expect(together(passed)).toMatchObject([{ seal: `rfid:${SEAL}`, container: 'TEMU1234565', vehicle: '부산81아0000', atMs: NOW }])
  })

  test.each([
    ['two containers: whose seal it is is not known', [SEAL, BOX, OTHER_BOX], [0, 1, 2], { join: '5' }],
    ['one alone', [SEAL], [0], { join: '5' }],
    ['one after the time', [SEAL, BOX], [0, 6], { join: '5' }],
    ['a gate that does not say so', [SEAL, BOX], [0, 1], {}],
  ])('nothing is told together of %s', (_, tags, seconds, options) => {
    const { passed, reads, sees } = gateWith(options)
    tags.forEach((epc, n) => {
      sees(epc, seconds[n]!, seconds[n]!)
    })
    reads.tick(NOW + 60_000)
    expect(together(passed)).toEqual([])
    expect(passed).toHaveLength(tags.length)
  })

  test('who goes in is not told together with who comes out', () => {
    const { passed, reads, sees } = gateWith({ join: '5', in: '1', out: '2' })
    sees(SEAL, 0, 0)
    sees(BOX, 1, 1, { antenna: 2 })
    reads.tick(NOW + 60_000)
    expect(together(passed)).toEqual([])
    expect(passed.map(event => event.direction)).toEqual(['in', 'out'])
  })
})

describe('a tag that nobody is known for', () => {
  test('is counted by passages, with where and how it was seen, until somebody is known for it', () => {
    const { passed, unknown, reads, sees } = gateWith()
    sees('0badc0de', 0, 1, { peakRssiDbm: -70 })
    sees('0badc0de', 2, 3)
    sees('0badc0de', 100, 101, { peakRssiDbm: -60 })
    expect(passed).toEqual([])
    expect(unknown.map(tag => tag.passages)).toEqual([1, 2])
    expect(reads.unknown).toEqual([
      {
        feed: 'gate-3',
        gate: '양산 3번',
        lat: 35.4,
        lon: 129,
        epcHex: '0badc0de',
        firstAtMs: NOW,
        lastAtMs: NOW + 100_000,
        passages: 2,
        antenna: 1,
        peakRssiDbm: -60,
      },
    ])
  })

  test('a flood of them costs no more than the last five hundred', () => {
    const { reads } = gateWith()
    const flood = Array.from({ length: 30_000 }, (_, n) => ({ epcHex: n.toString(16).padStart(8, '0'), epcBits: 32 }))
    reads.tags(flood, NOW, 1)
    expect(reads.unknown).toHaveLength(500)
    expect(reads.unknown.at(-1)?.epcHex).toBe((29_999).toString(16).padStart(8, '0'))
  })
})

describe('a gate’s address', () => {
  const AT = { lat: '35.4', lon: '129' }
  test('says where it is and may say more', () => {
    expect(readGate({ ...AT, in: '1,2', out: '3', rssi: '-60', again: '30', join: '5' }, 'gate-3')).toEqual({
      ok: true,
      value: {
        name: 'gate-3',
        lat: 35.4,
        lon: 129,
        antennas: [1, 2, 3],
        inAntennas: [1, 2],
        outAntennas: [3],
        minRssiDbm: -60,
        againAfterMs: 30_000,
        joinMs: 5000,
      },
    })
  })

  test('asks all antennas where it names none, or *', () => {
    for (const more of [{}, { in: '*' }]) expect(readGate({ ...AT, ...more }, 'g')).toMatchObject({ value: { antennas: [0] } })
  })

  test.each([
    [{ lat: '35.4' }, 'lon='],
    [{ lat: '135', lon: '129' }, 'lat=135'],
    [{ ...AT, in: '1,x' }, 'in=1,x'],
    [{ ...AT, in: '0' }, 'in=0'],
    [{ ...AT, in: '1', out: '1' }, 'same antenna'],
    [{ ...AT, in: '*', out: '2' }, 'same antenna'],
    [{ ...AT, in: '2', out: '*' }, 'same antenna'],
    [{ ...AT, again: '0' }, 'again'],
    [{ ...AT, join: '61' }, 'join'],
    [{ ...AT, rssi: 'weak' }, 'rssi'],
  ])('%j is refused with %s', (options, words) => {
    const gate = readGate(options, 'g')
    expect(gate.ok ? '' : gate.reason.en).toContain(words)
    expect(Object.keys(options).every(option => GATE_OPTIONS.some(known => known === option))).toBe(true)
  })
})
