// The stream: parts, TAG blocks, what stands around sentences, and bad input.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { head, letters, payload, sentence, tagBlock, withChecksum } from '#testkit/ais-bits.ts'
import { type AisStreamCounts, createAisStream, encodeSentences, type Refusal, textString } from './index.ts'

interface Heard {
  readonly type: number
  readonly mmsi: number
  readonly line: number
  readonly channel: number
  readonly own: boolean
  readonly timeMs: number
  readonly station: string
  readonly quality: string
  readonly text: string
  readonly hash: number
}

interface Outcome {
  readonly heard: readonly Heard[]
  readonly refused: readonly (readonly [Refusal, number])[]
  /** What the refusals showed. */
  readonly shown: readonly string[]
  readonly counts: AisStreamCounts
  readonly toldTimeMs: number
}

/** Sends lines, each at its second (or all at 0), and tells what came out. */
function hear(
  lines: readonly (string | readonly [line: string, receivedAtMs: number])[],
  options?: { assemblyTimeoutMs: number },
): Outcome {
  const heard: Heard[] = []
  const refused: [Refusal, number][] = []
  const shown: string[] = []
  const stream = createAisStream(
    {
      message: record =>
        heard.push({
          type: record.type,
          mmsi: record.mmsi,
          line: record.line,
          channel: record.channel,
          own: record.own,
          timeMs: record.sourceTimeMs,
          station: stream.stations[record.station] ?? '',
          quality: record.quality,
          text: textString(record.text),
          hash: record.payloadHash,
        }),
      refused(reason, line, bytes, from, to) {
        refused.push([reason, line])
        shown.push(Buffer.from(bytes.subarray(from, to)).toString('latin1'))
      },
    },
    options,
  )
  for (const line of lines) {
    const [text, at] = typeof line === 'string' ? [line, 0] : line
    stream.push(Buffer.from(`${text}\n`, 'latin1'), at)
  }
  stream.end(0)
  return { heard, refused, shown, counts: stream.counts, toldTimeMs: stream.toldTimeMs }
}

const position = (mmsi: number, channel = 'A'): string => encodeSentences({ type: 1, mmsi, lat: 35, lon: 129 }, { channel })[0] ?? ''
/** The two sentences of a static report. */
const statics = (mmsi: number, sequence = 1, channel = 'A'): [string, string] => {
  const [first = '', second = ''] = encodeSentences({ type: 5, mmsi, name: `SHIP ${mmsi}` }, { sequence, channel })
  return [first, second]
}
const mmsis = ({ heard }: Outcome): number[] => heard.map(({ mmsi }) => mmsi)

describe('parts of a message', () => {
  test('are joined in any order, and the message has the line of its first part', () => {
    const [first, second] = statics(1)
    expect(hear([second, position(9), first]).heard.map(({ mmsi, line }) => [mmsi, line])).toEqual([
      [9, 2],
      [1, 3],
    ])
  })

  test('of two messages on two channels may be mixed, with GPS sentences between', () => {
    const [a, b] = [statics(1, 3, 'A'), statics(2, 3, 'B')]
    const outcome = hear([a[0], b[0], '$GPGGA,1,2,3*00', a[1], b[1]])
    expect(mmsis(outcome)).toEqual([1, 2])
    expect(outcome.counts).toMatchObject({ sentences: 4, messages: 2, other: 1 })
    expect(outcome.refused).toEqual([])
  })

  test('of one channel and different sequence numbers may be mixed', () => {
    const [a, b] = [statics(1, 3), statics(2, 4)]
    expect(mmsis(hear([a[0], b[0], b[1], a[1]]))).toEqual([2, 1])
  })

  test('of two sources are never joined', () => {
    const [first, second] = statics(1)
    expect([...hear([first]).refused, ...hear([second]).refused].map(([reason]) => reason)).toEqual(['part-missing', 'part-missing'])
  })

  test('of two stations in one stream are never joined, though their numbers are the same', () => {
    const [a, b] = [statics(1), statics(2)]
    const of = (station: string, line: string): string => `${tagBlock(`s:${station}`)}${line}`
    const outcome = hear([of('A', a[0]), of('B', b[0]), of('A', a[1]), of('B', b[1])])
    expect(outcome.heard.map(({ mmsi, station }) => [mmsi, station])).toEqual([
      [1, 'A'],
      [2, 'B'],
    ])
    const guard = hear([`${a[0]},rAAAAA,1288614403`, `${b[0]},rBBBBB,1288614403`, `${b[1]},rBBBBB,1288614403`, `${a[1]},rAAAAA,1288614403`])
    expect(mmsis(guard)).toEqual([2, 1])
    expect([...outcome.refused, ...guard.refused]).toEqual([])
  })

  test('of one message heard by two stations are two messages', () => {
    const [first, second] = statics(1)
    const outcome = hear([first, second].flatMap(line => ['A', 'B'].map(station => `${tagBlock(`s:${station}`)}${line}`)))
    expect(outcome.heard.map(({ station }) => station)).toEqual(['A', 'B'])
    expect(outcome.refused).toEqual([])
  })

  test('whose station is told on the first only are joined', () => {
    const [a, b] = [statics(1), statics(2, 2)]
    const outcome = hear([`${tagBlock('s:A')}${a[0]}`, `${tagBlock('s:B')}${b[0]}`, a[1], b[1]])
    expect(outcome.heard.map(({ mmsi, station }) => [mmsi, station])).toEqual([
      [1, 'A'],
      [2, 'B'],
    ])
  })

  test('that wait longer than the time-out are given up, and a late part does not complete them', () => {
    const [first, second] = statics(1)
    const waiting = { assemblyTimeoutMs: 10_000 }
    expect(
      mmsis(
        hear(
          [
            [first, 0],
            [second, 10_000],
          ],
          waiting,
        ),
      ),
    ).toEqual([1])
    const late = hear(
      [
        [first, 0],
        [second, 10_001],
      ],
      waiting,
    )
    expect(late.heard).toEqual([])
    expect(late.refused.map(([reason]) => reason)).toEqual(['part-missing', 'part-missing'])
  })

  test('heard twice are counted once as duplicates and harm nothing', () => {
    const [first, second] = statics(1)
    const outcome = hear([first, first, second])
    expect(mmsis(outcome)).toEqual([1])
    expect(outcome.refused).toEqual([['part-duplicate', 2]])
  })

  test('of a new message under the same sequence number end the old one', () => {
    const [old, [first, second]] = [statics(1), statics(2)]
    const outcome = hear([old[0], first, second])
    expect(mmsis(outcome)).toEqual([2])
    expect(outcome.refused).toEqual([['part-missing', 1]])
    expect(outcome.shown).toEqual([old[0].split(',')[5]])
  })

  test('that never come are counted at the end, each with its own line and payload', () => {
    const [a, b] = [statics(1, 1), statics(2, 2)]
    const outcome = hear([a[0], position(9), b[1], position(9)])
    expect(outcome.refused).toEqual([
      ['part-missing', 1],
      ['part-missing', 3],
    ])
    expect(outcome.shown).toEqual([a[0], b[1]].map(line => line.split(',')[5]))
  })

  test('of more messages at once than there is room for push out the oldest, which is counted', () => {
    const groups = Array.from({ length: 200 }, (_, n) => `${tagBlock(`g:1-2-${n + 1}`)}${statics(n + 1)[0]}`)
    expect(hear(groups).counts.refused['part-missing']).toBe(200)
  })

  test.each(['30,1,', '2,3,', '0,0,', '1,0,', '2,,', ',1,'])('numbered %s are refused', part => {
    const outcome = hear([sentence(payload(...head(1), [0, 130]), { part: `${part}1` })])
    expect(outcome.refused).toEqual([['malformed', 1]])
  })
})

function withUtf8Checksum(content: string): string {
  const sum = Buffer.from(content).reduce((all, byte) => all ^ byte, 0)
  return `\\${content}*${sum.toString(16).toUpperCase().padStart(2, '0')}\\`
}

describe('TAG blocks', () => {
  const second = 1_767_225_600

  test('tell station and time in seconds or milliseconds', () => {
    const { heard } = hear([
      `${tagBlock(`s:busan,c:${second}`)}${position(1)}`,
      `${tagBlock(`c:${second}123,s:jeju`)}${position(2)}`,
      position(3),
    ])
    expect(heard.map(({ station, timeMs }) => [station, timeMs])).toEqual([
      ['busan', second * 1000],
      ['jeju', second * 1000 + 123],
      ['', Number.NaN],
    ])
  })

  test('group the parts of a message, whatever stands between and whichever comes first', () => {
    const [a, b] = [statics(1, 1), statics(2, 1)]
    const outcome = hear([
      `${tagBlock(`g:2-2-1604,s:r1`)}${a[1]}`,
      `${tagBlock(`g:1-2-1605,s:r2,c:${second}`)}${b[0]}`,
      `${tagBlock(`g:1-2-1604,c:${second}`)}${a[0]}`,
      `${tagBlock('g:2-2-1605')}${b[1]}`,
    ])
    expect(outcome.heard.map(({ mmsi, station, timeMs }) => [mmsi, station, timeMs])).toEqual([
      [1, 'r1', second * 1000],
      [2, 'r2', second * 1000],
    ])
  })

  test('with a wrong checksum refuse the line, for its time cannot be trusted', () => {
    const outcome = hear([`\\s:busan,c:${second}*00\\${position(1)}`, position(2)])
    expect(outcome.refused).toEqual([['bad-tag-block', 1]])
    expect(mmsis(outcome)).toEqual([2])
  })

  test('without an end refuse the line', () => {
    expect(hear(['\\s:busan,c:1']).refused).toEqual([['bad-tag-block', 1]])
  })

  test('without a checksum are comment blocks and are read', () => {
    expect(hear([`\\s:busan,c:${second}\\${position(1)}`]).heard[0]).toMatchObject({ station: 'busan', timeMs: second * 1000 })
  })

  test('two before one sentence: the inner one, which came with the line, tells what it tells; the outer one the rest', () => {
    const ours = tagBlock(`s:feed,c:${second + 5}`)
    const { heard } = hear([`${ours}${tagBlock(`c:${second}`)}${position(1)}`, `${ours}${tagBlock('s:jeju')}${position(2)}`])
    expect(heard.map(({ station, timeMs }) => [station, timeMs])).toEqual([
      ['feed', second * 1000],
      ['jeju', (second + 5) * 1000],
    ])
  })

  test('and sentences may follow one another on one line', () => {
    const line = `${tagBlock('s:a')}${position(1)}${tagBlock('s:b')}${position(2)}${position(3)}`
    expect(hear([line]).heard.map(({ mmsi, station }) => [mmsi, station])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, ''],
    ])
  })

  test('on a line of their own speak for the next sentence only', () => {
    const outcome = hear([tagBlock('s:busan,c:1288614403'), position(1), position(2)])
    expect(outcome.heard.map(({ station, timeMs }) => [station, timeMs])).toEqual([
      ['busan', 1_288_614_403_000],
      ['', Number.NaN],
    ])
  })

  test('name stations in any script, and tell the quality', () => {
    const [outcome] = hear([Buffer.from(`${withUtf8Checksum('s:부산,q:u')}${position(1)}`).toString('latin1')]).heard
    expect(outcome).toMatchObject({ station: '부산', quality: 'u' })
  })

  test('with text, destination, line count and relative time are read past them', () => {
    const outcome = hear([`${tagBlock('d:centre,n:42,r:1234,i:note,t:a text,s:busan,c:1288614403,x:')}${position(1)}`])
    expect(outcome.heard.map(({ station, timeMs }) => [station, timeMs])).toEqual([['busan', 1_288_614_403_000]])
  })

  test('name stations that share a hash apart', () => {
    // In base 31, 'Aa' and 'BB' weigh the same.
    expect(hear([`${tagBlock('s:Aa')}${position(1)}`, `${tagBlock('s:BB')}${position(2)}`]).heard.map(({ station }) => station)).toEqual([
      'Aa',
      'BB',
    ])
  })
})

describe('times round a sentence', () => {
  const at = 1_288_614_403_000
  test.each([
    ['seconds before it', `1288614403 ${position(1)}`, at],
    ['milliseconds before it', `1288614403123:${position(1)}`, at + 123],
    ['nanoseconds before it', `1288614403123000000;${position(1)}`, at + 123],
    ['a fraction of a second before it', `1288614403.25 ${position(1)}`, at + 250],
    ['an epoch and a word before it', `1288614403 rx1 ${position(1)}`, at],
    ['ISO 8601 before it', `2010-11-01T12:26:43Z ${position(1)}`, at],
    ['a date and a time with a fraction before it', `[2010-11-01 12:26:43.25] ${position(1)}`, at + 250],
    ['ISO 8601 of another zone before it', `2010-11-01T21:26:43.25+09:00,NMEA,"${position(1)}"`, at + 250],
    ['a date with slashes before it', `2010/11/01 12:26:43 UTC: ${position(1)}`, at],
    ['basic ISO 8601 before it', `20101101T122643Z ${position(1)}`, at],
    ['fourteen digits of the calendar before it', `{"mmsi":440123456,"rxtime":"20101101122643","nmea":["${position(1)}"]}`, at],
    ['no time, but a date that is none', `2010-13-01T12:26:43Z ${position(1)}`, Number.NaN],
    ['no time, but numbers', `rx 12 440123456 v1.2010-11 ${position(1)}`, Number.NaN],
    ['an epoch behind it', `${position(1)},1288614403`, at],
    ['station and epoch behind it, as the U.S. Coast Guard writes', `${position(1)},d-109,S2105,r003669946,1288614403`, at],
  ])('%s', (_, line, timeMs) => {
    expect(hear([line]).heard.map(record => record.timeMs)).toEqual([timeMs])
  })

  test('a $PGHP line before it gives the time of the next sentence only', () => {
    const { heard, toldTimeMs } = hear(['$PGHP,1,2010,11,1,12,26,43,5,219,,2190047,1,5D*7B', position(1), position(2)])
    expect(heard.map(({ timeMs }) => timeMs)).toEqual([at + 5, Number.NaN])
    expect(toldTimeMs).toBe(at + 5)
  })

  test('a ZDA sentence tells the time of the source', () => {
    expect(hear(['$GPZDA,122643.00,01,11,2010,00,00*64']).toldTimeMs).toBe(at)
  })

  test('the receiver behind a sentence is its station', () => {
    expect(hear([`${position(1)},r003669946,1288614403`]).heard[0]?.station).toBe('r003669946')
  })
})

describe('bad input', () => {
  const good = position(1)
  test.each<[string, string, Refusal]>([
    ['a wrong checksum', good.replace(/..$/, '00') === good ? `${good.slice(0, -2)}01` : `${good.slice(0, -2)}00`, 'bad-checksum'],
    ['no checksum', good.replace(/\*..$/, ''), 'no-checksum'],
    ['half a sentence', good.slice(0, 30), 'no-checksum'],
    ['letters outside the armour', withChecksum(`!AIVDM,1,1,,A,${'x~'.repeat(14)},0`), 'bad-armour'],
    ['six fill bits', withChecksum('!AIVDM,1,1,,A,13P<GDh01U1m:C@0,6'), 'malformed'],
    ['garbage', '\u0001\u0002 zzz', 'malformed'],
    ['a type that does not exist', sentence(payload(...head(28), [0, 130])), 'unknown-type'],
    ['type 0', sentence(payload(...head(0), [0, 130])), 'unknown-type'],
    ['a position report of half its bits', sentence(payload(...head(1), [0, 50])), 'bad-length'],
    ['static data with part number 2', sentence(payload(...head(24), [2, 2], [0, 128])), 'invalid-part-number'],
    ['a line of 5,000 letters', `!AIVDM,1,1,,A,${'0'.repeat(5000)},0*00`, 'too-long'],
  ])('%s is counted by its reason, and the next sentence is heard', (_, line, reason) => {
    const outcome = hear([line, position(2)])
    expect(outcome.refused).toEqual([[reason, 1]])
    expect(outcome.counts.refused[reason]).toBe(1)
    expect(mmsis(outcome)).toEqual([2])
  })

  test('a line of 10 MB in pieces is passed over and counted once', () => {
    const refused: Refusal[] = []
    const heard: number[] = []
    const stream = createAisStream({ message: record => heard.push(record.mmsi), refused: reason => refused.push(reason) })
    const piece = Buffer.alloc(1 << 16, 'A')
    for (let n = 0; n < 160; n++) stream.push(piece, 0)
    stream.push(Buffer.from(`\n${position(7)}\n`), 0)
    expect([refused, heard]).toEqual([['too-long'], [7]])
  })

  test('a sentence cut off by the next one on the same line costs only itself', () => {
    const outcome = hear([`${good.slice(0, 25)}${position(2)}`])
    expect(mmsis(outcome)).toEqual([2])
    expect(outcome.refused).toEqual([['no-checksum', 1]])
  })

  test('remarks, empty lines and other sentences are no faults', () => {
    const outcome = hear(['# remark', '', '$GPGGA,1,2*33', `${good}\r`])
    expect([outcome.refused, mmsis(outcome), outcome.counts.other]).toEqual([[], [1], 1])
  })
})

test('each byte there is, at any place of a payload, is a good letter or refused', () => {
  const letters = '13P<GDh01U1m:C@0'
  for (let byte = 1; byte < 256; byte++) {
    const letter = String.fromCharCode(byte)
    if ('\n\r!$*,\\'.includes(letter)) continue
    const isGood = /[0-W`-w]/.test(letter)
    for (let at = 0; at < 8; at++) {
      const payload = `2${letters.slice(0, at)}${letter}${letters.slice(at)}00000000000`
      const { heard, refused } = hear([withChecksum(`!AIVDM,1,1,,A,${payload},0`)])
      expect([letter, at, heard.length, refused]).toEqual([letter, at, isGood ? 1 : 0, isGood ? [] : [['bad-armour', 1]]])
    }
  }
})

describe('the record', () => {
  test.each(['AI', 'AB', 'BS', 'SA', 'XX'])('of talker %s is heard, VDM and VDO', talker => {
    const object = { type: 1, mmsi: 1 }
    const lines = [...encodeSentences(object, { talker }), ...encodeSentences(object, { talker, own: true })]
    expect(hear(lines).heard.map(({ own }) => own)).toEqual([false, true])
  })

  test.each([
    ['A', 1],
    ['B', 2],
    ['1', 1],
    ['2', 2],
    ['', 0],
  ])('of channel "%s" has %i', (channel, number) => {
    expect(hear([position(1, channel)]).heard[0]?.channel).toBe(number)
  })

  test('carries the same hash for the same message heard by two stations, and another for another', () => {
    const { heard } = hear([`${tagBlock('s:a')}${position(1)}`, `${tagBlock('s:b')}${position(1, 'B')}`, position(2)])
    expect(heard[0]?.hash).toBe(heard[1]?.hash)
    expect(heard[0]?.hash).not.toBe(heard[2]?.hash)
  })

  test('carries the safety text of types 12 and 14', () => {
    expect(hear([sentence(payload(...head(14), [0, 2], ...letters('SART TEST')))]).heard[0]?.text).toBe('SART TEST')
  })
})

test('the same bytes give the same messages however they are cut', () => {
  const lines = [`${tagBlock('s:a,c:1767225600')}${position(1)}`, ...statics(2), 'noise', position(3).slice(0, -2), position(4)]
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n`)
  const whole = hear(lines)
  for (let size = 1; size < bytes.length; size += 7) {
    const heard: number[] = []
    const stream = createAisStream({ message: record => heard.push(record.mmsi) })
    for (let at = 0; at < bytes.length; at += size) stream.push(bytes.subarray(at, at + size), 0)
    stream.end(0)
    expect(heard).toEqual(mmsis(whole))
    expect(stream.counts).toEqual(whole.counts)
  }
})

/** What a stream tells of bytes that come in pieces of a size. */
function told(bytes: Uint8Array, size: number): readonly string[] {
  const events: string[] = []
  const stream = createAisStream({
    message: ({ line, mmsi, type, channel, payloadHash }) => events.push(`${line} ${mmsi} ${type} ${channel} ${payloadHash}`),
    refused: (reason, line) => events.push(`${line} ${reason}`),
  })
  for (let at = 0; at < bytes.length; at += size) stream.push(bytes.subarray(at, at + size), 0)
  stream.end(0)
  return [...events, JSON.stringify(stream.counts)]
}

test('damaged bytes give the same messages and the same refusals however they are cut', () => {
  const good = Buffer.from(
    [
      position(1),
      ...statics(2),
      `${position(3)}\r`,
      `${tagBlock('s:a')}${position(4)}`,
      `${position(5)},r003669946,1325394060`,
      position(6),
    ]
      .map(line => `${line}\n`)
      .join(''),
  )
  const damage = fc.tuple(fc.nat(good.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('\n\r!,*\\'))))
  fc.assert(
    fc.property(fc.array(damage, { maxLength: 6 }), fc.integer({ min: 1, max: 90 }), (damages, size) => {
      const bytes = Buffer.from(good)
      for (const [at, byte] of damages) bytes[at] = byte
      expect(told(bytes, size)).toEqual(told(bytes, bytes.length))
    }),
    { numRuns: 1500 },
  )
})
