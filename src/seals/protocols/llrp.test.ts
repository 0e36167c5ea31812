// LLRP by bytes worked out by hand from the standard's binary encoding (1.1, clause 17). The decoding was besides compared with nine reports and an event captured from a reader,
// with one of a reader that tells 128-bit numbers and maker's parameters, and the requests with what llrpjs 1.0.1 reads in them; none of these is kept here.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOf } from './bytes.ts'
import { Framer } from './framing.ts'
import { asBefore, LLRP, LLRP_MAX_FRAME_BYTES, type LlrpSaid, llrpFrames, readLlrp, type TagRead } from './llrp.ts'
import { createLlrpReader, type TagSeen } from './llrp-reader.ts'
import {
  addRospec,
  deleteRospec,
  enableEventsAndReports,
  enableRospec,
  getRospecs,
  keepaliveAck,
  llrpFrame,
  rospec,
  setReaderConfig,
} from './llrp-requests.ts'

const bytes = (hex: string): Uint8Array => bytesOfHex(hex.replaceAll(' ', ''))!

/** 2026-11-24 03:00 UTC in microseconds. */
const AT_MS = Date.UTC(2026, 10, 24, 3)
const AT = '00 06 60 fc e7 f6 cc 00'

test('the time of these bytes is the one that is meant', () => {
  expect(BigInt(`0x${AT.replaceAll(' ', '')}`)).toBe(BigInt(AT_MS) * 1000n)
})

describe('what a reader says', () => {
  test.each<[string, string, LlrpSaid]>([
    [
      'a tag of 96 bits with antenna, signal, times and count',
      // TagReportData: EPC-96, AntennaID, PeakRSSI −58, FirstSeen, LastSeen, TagSeenCount.
      `04 3d 00 00 00 35 00 00 00 09  00 f0 00 2b  8d 30 14 25 7b f4 6d b6 40 00 00 00 01  81 00 02  86 c6  82 ${AT}  84 ${AT}  88 00 07`,
      {
        kind: 'tags',
        id: 9,
        tags: [
          {
            epcHex: '3014257bf46db64000000001',
            epcBits: 96,
            antenna: 2,
            peakRssiDbm: -58,
            firstSeenUtcMs: AT_MS,
            lastSeenUtcMs: AT_MS,
            seenCount: 7,
          },
        ],
      },
    ],
    [
      'two tags, one of 20 bits and one with a maker’s parameter',
      `04 3d 00 00 00 3a 00 00 00 0a  00 f0 00 0d  00 f1 00 09 00 14 ab cd e0  00 f0 00 23  8d 00 00 00 00 00 00 00 00 00 00 00 02  8c 30 00  8b 12 34  03 ff 00 0c 00 00 65 1a 00 00 00 37`,
      {
        kind: 'tags',
        id: 10,
        tags: [
          { epcHex: 'abcde0', epcBits: 20 },
          { epcHex: '000000000000000000000002', epcBits: 96, pcHex: '3000', crcHex: '1234', unreadHex: '03ff000c0000651a00000037' },
        ],
      },
    ],
    ['a report without a tag', '04 3d 00 00 00 0a 00 00 00 0b', { kind: 'tags', id: 11, tags: [] }],
    [
      'a report of a radio survey, which is kept raw',
      '04 3d 00 00 00 10 00 00 00 0c  00 f2 00 06 00 01',
      { kind: 'tags', id: 12, tags: [], unreadHex: '00f200060001' },
    ],
    [
      'a greeting in version 1.1',
      `08 3f 00 00 00 20 00 00 00 01  00 f6 00 16  00 80 00 0c ${AT}  01 00 00 06 00 00`,
      { kind: 'event', id: 1, event: { utcMs: AT_MS, attempt: 'success' } },
    ],
    [
      'a greeting by uptime that does not take us',
      '04 3f 00 00 00 20 00 00 00 01  00 f6 00 16  00 81 00 0c 00 00 00 00 00 0f 42 40  01 00 00 06 00 02',
      { kind: 'event', id: 1, event: { uptimeMs: 1000, attempt: 'client-connected-already' } },
    ],
    [
      'an antenna that was taken off',
      `04 3f 00 00 00 21 00 00 00 02  00 f6 00 17  00 80 00 0c ${AT}  00 ff 00 07 00 00 03`,
      { kind: 'event', id: 2, event: { utcMs: AT_MS, antenna: { id: 3, isConnected: false } } },
    ],
    [
      'a fault in words, a full buffer, one that overflowed, and that it closes',
      `04 3f 00 00 00 31 00 00 00 03  00 f6 00 27  00 80 00 0c ${AT}  00 fc 00 0a 00 04 f0 9f 94 a5  00 fa 00 05 50  00 fb 00 04  01 01 00 04`,
      { kind: 'event', id: 3, event: { utcMs: AT_MS, exception: '🔥', bufferPercent: 80, hasOverflowed: true, isClosing: true } },
    ],
    ['that it is there', '04 3e 00 00 00 0a 00 00 00 04', { kind: 'keepalive', id: 4 }],
    [
      'that all is well',
      '04 0d 00 00 00 12 00 00 00 05  01 1f 00 08 00 00 00 00',
      { kind: 'answer', id: 5, type: LLRP.setReaderConfigAnswer, status: { code: 0, words: '' }, rospecs: [] },
    ],
    [
      'why not',
      '04 1e 00 00 00 15 00 00 00 06  01 1f 00 0b 00 64 00 03 62 61 64',
      { kind: 'answer', id: 6, type: LLRP.addRospecAnswer, status: { code: 100, words: 'bad' }, rospecs: [] },
    ],
    [
      'which orders it has',
      '04 24 00 00 00 26 00 00 00 07  01 1f 00 08 00 00 00 00  00 b1 00 0a 00 00 00 05 00 02  00 b1 00 0a 00 00 00 06 00 00',
      {
        kind: 'answer',
        id: 7,
        type: LLRP.getRospecsAnswer,
        status: { code: 0, words: '' },
        rospecs: [
          { id: 5, state: 'active' },
          { id: 6, state: 'disabled' },
        ],
      },
    ],
    ['what this version does not know', '04 38 00 00 00 0a 00 00 00 08', { kind: 'other', id: 8, type: 56 }],
  ])('%s', (_, hex, said) => {
    const frame = bytes(hex)
    expect(llrpFrames(frame, 0, frame.length)).toBe(frame.length)
    expect(readLlrp(frame)).toEqual(said)
  })

  test.each([
    ['an answer without a status', '04 0d 00 00 00 0a 00 00 00 05'],
    ['an event without data', '04 3f 00 00 00 0a 00 00 00 05'],
  ])('%s is malformed', (_, hex) => {
    expect(readLlrp(bytes(hex))).toBe('malformed')
  })

  test.each([
    ['a number that is told longer than it came', '00 f0 00 0b  00 f1 00 07 00 60 ab'],
    ['no number at all', '00 f0 00 07  81 00 02'],
  ])('a tag with %s is no tag, and stays raw', (_, hex) => {
    const frame = llrpFrame(LLRP.report, 1, bytes(hex))
    expect(readLlrp(frame)).toEqual({ kind: 'tags', id: 1, tags: [], unreadHex: hexOf(bytes(hex)) })
  })

  test('a parameter that is longer than the message leaves the tags before it', () => {
    const frame = llrpFrame(LLRP.report, 1, bytes('00 f0 00 11 8d 00 00 00 00 00 00 00 00 00 00 00 02 00 f0 ff ff 8d'))
    expect(readLlrp(frame)).toEqual({
      kind: 'tags',
      id: 1,
      tags: [{ epcHex: '000000000000000000000002', epcBits: 96 }],
      unreadHex: '00f0ffff8d',
    })
  })

  test('what a reader leaves out is as it was in the tag before (14.2.3)', () => {
    const before: TagRead = { epcHex: 'aa', epcBits: 8, antenna: 3, peakRssiDbm: -50, pcHex: '3000', unreadHex: 'ff' }
    expect(asBefore(before, { epcHex: 'bb', epcBits: 8, peakRssiDbm: -60 })).toEqual({
      epcHex: 'bb',
      epcBits: 8,
      antenna: 3,
      peakRssiDbm: -60,
    })
  })
})

describe('what the centre says', () => {
  const { id, parameter } = rospec({ antennas: [1, 2], by: 'rounds' })

  test.each([
    [
      'how to report: warnings, faults and antennas; every 10 s that it is there; hold while nobody is connected',
      setReaderConfig(1, { keepaliveMs: 10_000, holds: true }),
      '04 03 00 00 00 32 00 00 00 01 00  00 f4 00 19  00 f5 00 07 00 03 80  00 f5 00 07 00 04 80  00 f5 00 07 00 08 80  00 dc 00 09 01 00 00 27 10  00 e2 00 05 80',
    ],
    [
      'the same to a reader that can less',
      setReaderConfig(2, { keepaliveMs: 10_000, holds: false }),
      '04 03 00 00 00 14 00 00 00 02 00  00 dc 00 09 01 00 00 27 10',
    ],
    ['which orders are there', getRospecs(3), '04 1a 00 00 00 0a 00 00 00 03'],
    ['forget all', deleteRospec(4, 0), '04 15 00 00 00 0e 00 00 00 04 00 00 00 00'],
    [
      'look twice a second for 0.4 s at antennas 1 and 2, and tell after each round',
      addRospec(5, parameter),
      `04 14 00 00 00 59 00 00 00 05  00 b1 00 4f ${id.toString(16).padStart(8, '0')} 00 00  00 b2 00 1e  00 b3 00 11 02  00 b4 00 0c 00 00 00 00 00 00 01 f4  00 b6 00 09 00 00 00 00 00
       00 b7 00 1a 00 02 00 01 00 02  00 b8 00 09 01 00 00 01 90  00 ba 00 07 00 01 01  00 ed 00 0d 01 00 00  00 ee 00 06 17 80`.replaceAll(
        '\n',
        '',
      ),
    ],
    ['begin', enableRospec(6, 5), '04 18 00 00 00 0e 00 00 00 06 00 00 00 05'],
    ['what was held may come', enableEventsAndReports(7), '04 40 00 00 00 0a 00 00 00 07'],
    ['that we are there', keepaliveAck(8), '04 48 00 00 00 0a 00 00 00 08'],
  ])('%s', (_, frame, hex) => {
    expect(hexOf(frame)).toBe(hexOf(bytes(hex)))
  })

  test('an order’s number is of its content: the same again, another for other antennas or another way, never 0', () => {
    expect(rospec({ antennas: [1, 2], by: 'rounds' }).id).toBe(id)
    const ids = [id, rospec({ antennas: [1], by: 'rounds' }).id, rospec({ antennas: [1, 2], by: 'each' }).id]
    expect(new Set(ids).size).toBe(3)
    expect(ids.every(one => one > 0)).toBe(true)
  })
})

describe('streams', () => {
  function framed(pieces: readonly Uint8Array[]): { frames: string[]; skipped: number; held: number } {
    const frames: string[] = []
    let [skipped, held] = [0, 0]
    const framer = new Framer(llrpFrames, LLRP_MAX_FRAME_BYTES, {
      frame: frame => frames.push(hexOf(frame)),
      skipped: noise => {
        skipped += noise.length
      },
    })
    for (const piece of pieces) {
      framer.push(piece)
      held = Math.max(held, framer.waiting)
    }
    return { frames, skipped, held }
  }
  const sent = [keepaliveAck(1), addRospec(2, rospec({ antennas: [0], by: 'each' }).parameter), getRospecs(3)]
  const stream = Uint8Array.from(sent.flatMap(frame => [...frame]))

  test('messages glued, and cut at every byte, are the same messages', () => {
    const wanted = { frames: sent.map(frame => hexOf(frame)), skipped: 0 }
    expect(framed([stream])).toMatchObject(wanted)
    for (let at = 1; at < stream.length; at++) expect(framed([stream.subarray(0, at), stream.subarray(at)])).toMatchObject(wanted)
    expect(framed(Array.from(stream, byte => Uint8Array.of(byte)))).toMatchObject(wanted)
  })

  test.each([
    ['text', bytes('47 45 54 20 2f 20')],
    ['another version', bytes('10 3e 00 00 00 0a 00 00 00 01')],
    ['a length below the head’s own', bytes('04 3e 00 00 00 09 00 00 00 01')],
    ['a length that no message has', bytes('04 3e 7f ff ff ff 00 00 00 01')],
  ])('%s is no head', (_, noise) => {
    expect(framed([noise]).skipped).toBeGreaterThan(0)
    expect(framed([noise]).frames).toEqual([])
  })

  test('whatever comes, nothing throws and what is held stays bounded', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), pieces => {
        expect(framed(pieces).held).toBeLessThanOrEqual(2 * LLRP_MAX_FRAME_BYTES)
        for (const piece of pieces) readLlrp(piece)
      }),
      { numRuns: 200, seed: 5084 },
    )
  })

  test('a mutated report never throws, and each tag it gives has a number', () => {
    const reader = looking()
    const [report] = reader.sees([tag('3014257bf46db64000000001'), tag('abcd')])
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(report!.length - 1), fc.nat(255)), { maxLength: 8 }), changes => {
        const frame = report!.slice()
        for (const [at, byte] of changes) frame[at] = byte
        const said = readLlrp(frame)
        if (said !== 'malformed' && said.kind === 'tags') for (const one of said.tags) expect(one.epcHex).toMatch(/^([0-9a-f]{2})+$/)
      }),
      { numRuns: 500, seed: 5084 },
    )
  })
})

const tag = (epcHex: string): TagSeen => ({
  epcHex,
  antenna: 1,
  peakRssiDbm: -60,
  firstSeenMs: AT_MS,
  lastSeenMs: AT_MS + 300,
  seenCount: 4,
})

function looking(): ReturnType<typeof createLlrpReader> {
  const reader = createLlrpReader()
  const order = rospec({ antennas: [0], by: 'rounds' })
  reader.connected(AT_MS)
  reader.take(addRospec(1, order.parameter))
  reader.take(enableRospec(2, order.id))
  return reader
}

describe('the reader’s side', () => {
  test('what it sees comes out as it was seen, numbers of any length', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            epcHex: fc.uint8Array({ minLength: 1, maxLength: 62 }).map(epc => hexOf(epc)),
            antenna: fc.integer({ min: 1, max: 65_535 }),
            peakRssiDbm: fc.integer({ min: -128, max: 127 }),
            firstSeenMs: fc.integer({ min: 0, max: 4e12 }),
            lastSeenMs: fc.integer({ min: 0, max: 4e12 }),
            seenCount: fc.nat(65_535),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        seen => {
          const [report] = looking().sees(seen)
          const said = readLlrp(report!)
          expect(said).toMatchObject({
            kind: 'tags',
            tags: seen.map(({ firstSeenMs, lastSeenMs, ...same }) => ({
              ...same,
              epcBits: 4 * same.epcHex.length,
              firstSeenUtcMs: firstSeenMs,
              lastSeenUtcMs: lastSeenMs,
            })),
          })
        },
      ),
      { numRuns: 50, seed: 5084 },
    )
  })

  test('it sees nothing before it was told to look, and refuses what it cannot do', () => {
    const reader = createLlrpReader({ canHold: false, canGoByRounds: false })
    reader.connected(AT_MS)
    expect(reader.sees([tag('aa')])).toEqual([])
    const codes = [
      setReaderConfig(1, { keepaliveMs: 5000, holds: true }),
      setReaderConfig(2, { keepaliveMs: 5000, holds: false }),
      addRospec(3, rospec({ antennas: [0], by: 'rounds' }).parameter),
      addRospec(4, rospec({ antennas: [0], by: 'each' }).parameter),
      addRospec(5, rospec({ antennas: [0], by: 'each' }).parameter),
      enableRospec(6, 99),
      llrpFrame(77, 7),
    ].map(request => {
      const said = readLlrp(reader.take(request)[0]!)
      return said !== 'malformed' && said.kind === 'answer' ? said.status.code : undefined
    })
    expect(codes).toEqual([100, 0, 100, 0, 100, 101, 109])
    expect(reader.keepaliveMs).toBe(5000)
    expect(reader.isLooking).toBe(false)
  })
})
