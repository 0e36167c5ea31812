// JT/T 808 by hand-made messages: header of both editions, escapes, answers, lock items, batches, pieces. The XOR of what is expected is made here, by the
// standard's rule (2013 §4.4.2), not by the codec.
import { describe, expect, test } from 'vitest'
import {
  bytesOfHex,
  bytesOfText,
  CANONICAL_EVENTS,
  type DeviceArea,
  type DeviceMessage,
  Framer,
  hexOf,
  printed,
  type SealReport,
} from './index.ts'
import { jt808 } from './jt808.ts'

const NOW = Date.UTC(2026, 0, 31, 12, 34, 56)

/** A frame around a header and body in hex, blanks allowed. */
function frameOf(hex: string): Uint8Array {
  const bytes = bytesOfHex(hex.replaceAll(' ', ''))!
  const sum = bytes.reduce((all, byte) => all ^ byte, 0)
  const escaped = [...bytes, sum].flatMap(byte => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]))
  return Uint8Array.from([0x7e, ...escaped, 0x7e])
}

function read(hex: string | Uint8Array, context = {}) {
  const result = jt808.decode(typeof hex === 'string' ? frameOf(hex) : hex, { nowMs: NOW, ...context })
  if (typeof result === 'string') throw new Error(result)
  return {
    reports: result.reports.map(printed),
    raw: result.reports as readonly SealReport[],
    answer: result.answer && hexOf(result.answer),
  }
}

const [ID, ID_2019] = ['013512345678', '00000000013512345678']
/** What a terminal has to say at the moment. */
const MESSAGE: DeviceMessage = {
  deviceId: ID,
  sentAtMs: NOW,
  lat: 35.1,
  lon: 128.9,
  fixValid: true,
  speedKmh: 0,
  courseDeg: 0,
  serial: 3,
  batteryPercent: 80,
  locked: true,
}
const PLACE = '02180560 07b54a2c 0064 0190 010e 260131203456'
const location = (items = '', status = '00040003', alarm = '00000000'): string => `${alarm}${status}${PLACE}${items}`.replaceAll(' ', '')
const message = (id: string, body: string, serial = '007b'): string =>
  `${id}${(body.length / 2).toString(16).padStart(4, '0')}${ID}${serial}${body}`

test('a place comes out with its time in UTC, eight hours before the device’s own', () => {
  const { reports } = read(message('0200', location()))
  expect(reports[0]).toMatchObject({
    deviceId: ID,
    messageId: '0x0200',
    bodyLength: 28,
    checksumValid: true,
    wireEscaped: false,
    terminalIdBcd: ID,
    serial: 123,
    sentAt: '2026-01-31T12:34:56Z',
    lat: 35.128672,
    lon: 129.321516,
    altitudeM: 100,
    speedKmh: 40,
    courseDeg: 270,
    fixValid: true,
    location: { alarmBits: [], statusBits: [0, 1, 18], timeDeviceLocal: '2026-01-31T20:34:56', items: [] },
  })
})

test('a device whose clock is set otherwise is read by its own offset', () => {
  expect(read(message('0200', location()), { utcOffsetMin: 540 }).reports[0]).toMatchObject({ sentAt: '2026-01-31T11:34:56Z' })
})

test('south and west are negative, and zero stays zero', () => {
  const body = location('', '0004000f')
  expect(read(message('0200', body)).reports[0]).toMatchObject({ lat: -35.128672, lon: -129.321516 })
  const zero = body.replace('0218056007b54a2c', '0000000000000000')
  expect(Object.is(read(message('0200', zero)).raw[0]?.lat, 0)).toBe(true)
})

test('a date that cannot be is no time', () => {
  expect(read(message('0200', location().replace('260131203456', '260231203456'))).reports[0]).not.toHaveProperty('sentAt')
})

test('the general answer repeats serial and id, in the same edition', () => {
  expect(read(message('0200', location())).answer).toBe(hexOf(frameOf(`8001 0005 ${ID} 0000 007b 0200 00`)))
  const edition2019 = `0200 401c 01 ${ID_2019} 007b ${location()}`
  const { reports, answer } = read(edition2019)
  expect(reports[0]).toMatchObject({ protocolVersion: 1, terminalIdBcd: ID_2019, serial: 123, lat: 35.128672 })
  expect(answer).toBe(hexOf(frameOf(`8001 4005 01 ${ID_2019} 0000 007b 0200 00`)))
})

test.each([
  '0002',
  '0003',
  '0102',
  '0104',
  '0107',
  '0200',
  '0201',
  '0301',
  '0500',
  '0506',
  '0700',
  '0701',
  '0702',
  '0704',
  '0900',
  '1300',
  '2070',
  '6006',
  '8888',
  'abcd',
])('message %s gets the general answer', id => {
  expect(read(message(id, '')).answer).toBe(hexOf(frameOf(`8001 0005 ${ID} 0000 007b ${id} 00`)))
})

test('registration, the question for the time, media, and answers to us are answered in their own way', () => {
  const registration =
    `002c 012f ${hexOf(bytesOfText('70111'))} ${'00'.repeat(20)} ${hexOf(bytesOfText('1234567'))} 01 d4c1 4238383838`.replaceAll(' ', '')
  const { reports, answer } = read(message('0100', registration))
  expect(reports[0]).toMatchObject({
    kind: 'login',
    province: 0x2c,
    city: 0x12f,
    maker: '70111',
    terminalNumber: '1234567',
    plate: '粤B8888',
  })
  expect(answer).toBe(hexOf(frameOf(`8100 000f ${ID} 0000 007b 00 ${hexOf(bytesOfText(ID))}`)))
  expect(read(message('0109', '')).answer).toBe(hexOf(frameOf(`8109 0008 ${ID} 0000 07ea 01 1f 0c 22 38 00`)))
  expect(read(message('0801', '0000002a00000000')).answer).toBe(hexOf(frameOf(`8800 0004 ${ID} 0000 0000002a`)))
  expect(read(message('0001', '0005831000')).answer).toBeUndefined()
})

test('a damaged frame is told and not answered, so that it is sent again', () => {
  const frame = frameOf(message('0200', location()))
  frame[20]! ^= 1
  const { reports, answer } = read(frame)
  expect(reports[0]).toMatchObject({ checksumValid: false })
  expect(answer).toBeUndefined()
})

test('escapes inside escapes: 7d 01 02 is 7d 02 and no mark; the frame may also stand without escapes', () => {
  const body = location('0c 04 7d027d01'.replaceAll(' ', ''))
  const escaped = frameOf(message('0200', body))
  expect(hexOf(escaped)).toContain('7d01027d0101')
  expect(read(escaped).reports[0]).toMatchObject({
    wireEscaped: true,
    checksumValid: true,
    location: { items: [{ id: '0x0c', hex: '7d027d01' }] },
  })
  const plain = bytesOfHex(message('0200', body))!
  const bare = Uint8Array.from([0x7e, ...plain, plain.reduce((all, byte) => all ^ byte, 0), 0x7e])
  expect(read(bare).reports[0]).toMatchObject({
    wireEscaped: false,
    checksumValid: true,
    location: { items: [{ id: '0x0c', hex: '7d027d01' }] },
  })
})

test('frames between 0xe7 marks have their own escapes and identifiers of seven bytes, and are answered likewise', () => {
  const inside = bytesOfHex(`0200 001c 00013512345678 007b ${location()}`.replaceAll(' ', ''))!
  const sum = inside.reduce((all, byte) => all ^ byte, 0)
  const escapes: Record<number, number[]> = { 230: [0xe6, 1], 231: [0xe6, 2], 62: [0x3e, 1], 61: [0x3e, 2] }
  const frame = Uint8Array.from([0xe7, ...[...inside, sum].flatMap(byte => escapes[byte] ?? [byte]), 0xe7])
  const { reports, answer } = read(frame)
  expect(reports[0]).toMatchObject({ deviceId: '00013512345678', lat: 35.128672, checksumValid: true })
  expect(answer?.startsWith('e78001')).toBe(true)
})

test.each(CANONICAL_EVENTS.map((event, code) => [code, event] as const))('item 0x60 with code %i is %s', (code, event) => {
  const item = `600b ${code.toString(16).padStart(4, '0')} 00 ${hexOf(bytesOfText('90025499'))}`
  const { reports } = read(message('0200', location(item.replaceAll(' ', ''))))
  expect(reports[0]).toMatchObject({ event: code, events: [event] })
  expect(reports[0]?.[/card|outside/.test(event) ? 'card' : 'eventContent']).toBe('90025499')
})

test.each([
  ['card, opened', '0b06 22 00623a49 65', { lockCommand: 0x22, lockCard: 0x623a49, unlockResult: 0x65, events: ['unsealed-by-card'] }],
  ['card, refused', '0b06 22 00623a49 ff', { unlockResult: 0xff, events: ['unseal-refused'] }],
  ['unknown card', '0b05 23 00623a49', { lockCard: 0x623a49, events: ['unseal-refused-unknown-card'] }],
  [
    'password',
    `0b08 03 ${hexOf(bytesOfText('68967e'))} 0c`,
    { lockPassword: '68967e', unlockResult: 12, events: ['unsealed-by-platform'] },
  ],
  ['wrong password', `0b08 03 ${hexOf(bytesOfText('000000'))} ff`, { events: ['unseal-refused-wrong-password'] }],
  ['a command alone', '0b01 0d', { lockCommand: 13, events: [] }],
])('item 0x0B: %s', (_, item, wanted) => {
  expect(read(message('0200', location(item.replaceAll(' ', '')))).reports[0]).toMatchObject(wanted)
})

test.each([
  [
    'sub-locks with seal state',
    '630b 000012345678 0fc6 31 01 50',
    { locks: [{ id: '000012345678', batteryV: 4.038, sealed: true, physicalState: 1, rssi: 80 }] },
  ],
  [
    'sub-locks with card',
    'd50e 01 0002604323 2795980277 53 0030',
    { locks: [{ id: '0002604323', card: '2795980277', batteryPercent: 83, locked: false }] },
  ],
  ['the string', 'da03 0104 89', { stringCutCount: 260, status: { string: true, moving: false, cover: true } }],
  ['the container', `fb0b ${hexOf(bytesOfText('CSQU3054383'))}`, { container: 'CSQU3054383' }],
  ['an area entered', '1206 01 0000002a 00', { areaPassage: { areaId: 42 }, events: ['entered-area'] }],
  ['an area left', '1206 01 0000002a 01', { events: ['left-area'] }],
  ['charging', 'd401 ff', { status: { charging: true } }],
  ['cells', 'e10c 01c2 0005 000abc 00001234 50', { cells: [{ mcc: 450, mnc: 5, lac: 0xabc, cid: 0x1234, rssi: 0x50 }] }],
])('item of %s', (_, item, wanted) => {
  expect(read(message('0200', location(item.replaceAll(' ', '')))).reports[0]).toMatchObject(wanted)
})

test('items of unknown number are kept raw, and so is a rest that is no item', () => {
  expect(read(message('0200', location('7a03aabbcc 3005aa'.replaceAll(' ', '')))).reports[0]).toMatchObject({
    location: { items: [{ id: '0x7a', hex: 'aabbcc' }] },
    unreadHex: '3005aa',
  })
})

test('a batch gives each place, and what was kept is told as kept', () => {
  const one = location('300119')
  const item = `${(one.length / 2).toString(16).padStart(4, '0')}${one}`
  const { reports, raw, answer } = read(message('0704', `000201${item}${item}`))
  expect(reports).toHaveLength(2)
  for (const report of raw) expect(report).toMatchObject({ buffered: true, lat: 35.128672 })
  expect(answer).toBe(hexOf(frameOf(`8001 0005 ${ID} 0000 007b 0704 00`)))
  expect(read(message('0704', `000100${item}`)).raw[0]?.buffered).toBeUndefined()
})

const PADLOCK_BODY =
  `310126 123456 35076896 129193524 f 05 98 19 09 0000002d 64 00001092 2866 03 0020 0008 1001 02 0c06 ff98ffa8007e`.replaceAll(' ', '')

test('padlock messages count with one byte and are answered by 0x4401 where they ask for it', () => {
  const padlock = (id: string, attributes: string): string => `${id} ${attributes} ${ID} 2a ${PADLOCK_BODY}`
  const length = (PADLOCK_BODY.length / 2).toString(16)
  const { reports, answer } = read(padlock('5501', `80${length}`))
  expect(reports[0]).toMatchObject({
    deviceId: ID,
    serial: 42,
    sentAt: '2026-01-31T12:34:56Z',
    lat: 35.12816,
    fixValid: true,
    odometerM: 45_000,
    batteryPercent: 100,
    status: { locked: true, product: 3 },
    events: ['low-battery'],
    wakeSource: 2,
    tilt: [-104, -88, 126],
  })
  expect(answer).toBe(hexOf(frameOf(`4401 0003 ${ID} 01 5501 00`)))
  expect(read(padlock('5501', `00${length}`)).answer).toBeUndefined()
  expect(read(padlock('5502', `80${length}`)).reports[0]).toMatchObject({ buffered: true })
})

test('a piece of a longer message is kept raw and answered, not misread', () => {
  const { reports, answer } = read(`0200 2004 ${ID} 007b 0002 0001 aabbccdd`)
  expect(reports[0]).toMatchObject({ part: { total: 2, number: 1 }, bodyHex: 'aabbccdd' })
  expect(answer).toBe(hexOf(frameOf(`8001 0005 ${ID} 0000 007b 0200 00`)))
})

test('an identifier that is no decimal is an IMEI with its check digit', () => {
  // 0x4f0ef00f6bd5 is 86 924 103 265 237 in decimal.
  const imei = BigInt('0x4f0ef00f6bd5').toString()
  const { reports } = read(`0002 0000 4f0ef00f6bd5 0001`)
  expect(String(reports[0]?.deviceId).slice(0, -1)).toBe(imei)
})

test('what a lock answers to a text, and its question for the time', () => {
  expect(read(bytesOfText('(740190311185,1,001,ELOCK,3,529439)')).reports[0]).toMatchObject({
    kind: 'answer',
    deviceId: '740190311185',
    word: 'ELOCK',
    values: ['3', '529439'],
  })
  const asked = read(bytesOfText('(740190311185,1,001,BASE,2,TIME)'))
  expect(Buffer.from(asked.answer ?? '', 'hex').toString()).toBe('(740190311185,1,001,BASE,2,20260131123456)')
})

test('commands: lock and unlock, interval, place, a password, and a device that reads them', () => {
  const target = { deviceId: ID, serial: 7, nowMs: NOW }
  const bytes = (command: Parameters<typeof jt808.command>[0]): string => {
    const made = jt808.command(command, target)
    return made instanceof Uint8Array ? hexOf(made) : made.refused
  }
  expect(bytes({ kind: 'unlock' })).toBe(hexOf(frameOf(`0310 0008 ${ID} 0007 01 24 05 00 75736572`)))
  expect(bytes({ kind: 'lock' })).toBe(hexOf(frameOf(`0310 0008 ${ID} 0007 01 24 05 01 75736572`)))
  expect(bytes({ kind: 'set-interval', intervalS: 60 })).toBe(hexOf(frameOf(`0310 0007 ${ID} 0007 01 06 04 0000003c`)))
  expect(bytes({ kind: 'set-interval', intervalS: 0 })).toBe('bad-value')
  expect(bytes({ kind: 'ask-position' })).toBe(hexOf(frameOf(`8201 0000 ${ID} 0007`)))
  for (const command of [
    { kind: 'lock' },
    { kind: 'unlock' },
    { kind: 'set-interval', intervalS: 90 },
    { kind: 'ask-position' },
    { kind: 'one-time-password', password: '481516' },
  ] as const) {
    const made = jt808.command(command, target)
    expect(made instanceof Uint8Array && jt808.device.read?.(made)).toEqual({ kind: 'command', command, serial: 7 })
  }
})

describe('areas: those and no others, each told of at entering and leaving', () => {
  const corners = [
    { lat: 35, lon: 129 },
    { lat: 35.1, lon: 129 },
    { lat: 35, lon: 129.1 },
  ]
  const polygon = { id: 42, corners }
  const circle = { id: 7, centre: { lat: 35.08, lon: 128.83 }, radiusM: 500 }
  const south = { id: 8, centre: { lat: -33.9, lon: -18.4 }, radiusM: 1200 }
  const framesOf = (areas: readonly DeviceArea[], deviceId = ID): string[] => {
    const made = jt808.command({ kind: 'set-areas', areas }, { deviceId, serial: 7, nowMs: NOW })
    if (!(made instanceof Uint8Array)) return [made.refused]
    const frames: string[] = []
    new Framer(jt808.frames, jt808.maxFrameBytes, { frame: bytes => frames.push(hexOf(bytes)) }).push(made)
    return frames
  }
  const place = '02174740 07adca30 000001f4'
  const triangle = '02160ec0 07b06240 02179560 07b06240 02160ec0 07b1e8e0'

  test.each<[string, readonly DeviceArea[], readonly string[]]>([
    ['none', [], [`8605 0001 ${ID} 0007 00`, `8601 0001 ${ID} 0008 00`]],
    ['a circle', [circle], [`8605 0001 ${ID} 0007 00`, `8600 0014 ${ID} 0008 00 01 00000007 0028 ${place}`]],
    [
      'a polygon beside a circle of the south-west',
      [polygon, south],
      [
        `8605 0001 ${ID} 0007 00`,
        `8600 0014 ${ID} 0008 00 01 00000008 00e8 020545e0 0118c300 000004b0`,
        `8604 0020 ${ID} 0009 0000002a 0028 0003 ${triangle}`,
      ],
    ],
  ])('%s', (_name, areas, frames) => expect(framesOf(areas)).toEqual(frames.map(one => hexOf(frameOf(one)))))

  test('a device of 2019 gets the length of each name besides', () => {
    expect(framesOf([circle, polygon], ID_2019)).toEqual(
      [
        `8605 4001 01 ${ID_2019} 0007 00`,
        `8600 4016 01 ${ID_2019} 0008 00 01 00000007 0028 ${place} 0000`,
        `8604 4022 01 ${ID_2019} 0009 0000002a 0028 0003 ${triangle} 0000`,
      ].map(one => hexOf(frameOf(one))),
    )
  })

  test('of more circles than a body holds the rest are added', () => {
    const many = Array.from({ length: 41 }, (_, n) => ({ ...circle, id: n + 1 }))
    const [, first = '', rest = ''] = framesOf(many)
    expect([first.slice(2, 6), first.slice(26, 30), rest.slice(2, 6), rest.slice(26, 30)]).toEqual(['8600', '0028', '8600', '0101'])
  })

  test.each<[string, DeviceArea]>([
    ['two corners', { id: 1, corners: corners.slice(1) }],
    ['121 corners', { id: 1, corners: Array.from({ length: 121 }, (_, n) => ({ lat: 35 + n / 1000, lon: 129 })) }],
    ['both sides of the equator', { id: 1, corners: [{ lat: -1, lon: 129 }, ...corners] }],
    ['no radius', { ...circle, radiusM: 0 }],
  ])('%s are refused', (_name, area) => expect(framesOf([area])).toEqual(['bad-value']))

  test.each([ID, ID_2019])('the device %s reads what was meant, message by message, and answers each', id => {
    const read = framesOf([circle, south, polygon], id).map(hex => bytesOfHex(hex)!)
    expect(read.map(frame => jt808.device.read?.(frame))).toEqual(
      [[], [circle, south], [polygon]].map((areas, n) => ({ kind: 'command', command: { kind: 'set-areas', areas }, serial: 7 + n })),
    )
    const answers = read
      .map(frame => jt808.device.answer?.(frame, { ...MESSAGE, deviceId: id }))
      .map(bytes => jt808.decode(bytes!, { nowMs: NOW }))
    expect(answers).toMatchObject(
      ['0x8605', '0x8600', '0x8604'].map((answersId, n) => ({
        reports: [{ kind: 'answer', deviceId: id, more: { answersSerial: 7 + n, answersId, result: 0 } }],
      })),
    )
  })
})

test('a terminal answers the question for its place with it, under the question’s serial', () => {
  const asked = jt808.command({ kind: 'ask-position' }, { deviceId: ID, serial: 9, nowMs: NOW }) as Uint8Array
  const answer = jt808.device.answer?.(asked, MESSAGE)
  expect(jt808.decode(answer!, { nowMs: NOW })).toMatchObject({
    reports: [{ kind: 'report', deviceId: ID, lat: 35.1, lon: 128.9, more: { messageId: '0x0201', answersSerial: 9 } }],
  })
})

test.each([
  [ID, '0102', '000c', 12],
  [ID_2019, '0102', '4038', 56],
])('the device %s logs in and reports in its own edition, and is answered in it', (id, word, attributes, bodyLength) => {
  const login = jt808.device.login!(id, NOW)
  expect(hexOf(login).slice(2, 10)).toBe(`${word}${attributes}`)
  expect(read(login)).toMatchObject({ reports: [{ kind: 'login', deviceId: id, authentication: id, bodyLength, checksumValid: true }] })
  for (const buffered of [false, true]) {
    const { reports, answer } = read(jt808.device.encode({ ...MESSAGE, deviceId: id, buffered }))
    expect(reports).toMatchObject([{ deviceId: id, lat: 35.1, lon: 128.9, sentAt: '2026-01-31T12:34:56Z' }])
    expect(jt808.device.read?.(bytesOfHex(answer!)!)).toEqual({ kind: 'acknowledged', serial: 3 })
  }
})
