// The examples of the maker's own manual (JT701D Protocol Manual V1.4), value by value as it explains them, and what the manual says of answers.
import { expect, test } from 'vitest'
import { bytesOfHex, bytesOfText, type JsonObject, printed } from './index.ts'
import { jt600 } from './jt600.ts'
import { JT701_WORDS, jointechCommandText } from './jt600-commands.ts'

const NOW = Date.UTC(2020, 6, 15, 16, 43, 28)

function read(frame: string | Uint8Array): JsonObject & { answer: string | undefined } {
  const result = jt600.decode(typeof frame === 'string' ? bytesOfText(frame) : frame, { nowMs: NOW })
  if (typeof result === 'string') throw new Error(result)
  return { ...printed(result.reports[0]!), answer: result.answer && new TextDecoder().decode(result.answer) }
}

const MANUAL_POSITION =
  '2480006200111911003418042116225922348310113550543F12980000002D060000000020E028109228661F000100000F0F0F0F0F0F0F0F000001CC0156'

test('the position of the manual comes out as the manual explains it', () => {
  expect(read(bytesOfHex(MANUAL_POSITION)!)).toMatchObject({
    deviceId: '8000620011',
    protocolVersion: 0x19,
    dataType: 'real-time',
    sentAt: '2021-04-18T16:22:59Z',
    lat: 22.580517,
    lon: 113.917572,
    fixValid: true,
    // 18 knots.
    speedKmh: 33.336,
    courseDeg: 304,
    odometerM: 45_000,
    satellites: 6,
    batteryPercent: 40,
    gsmSignal: 31,
    areaId: 0,
    wakeSource: 'timer',
    cells: [{ mcc: 460, mnc: 1, lac: 0x2866, cid: 0x1092 }],
    record: { statusWord: '0x20e0', status: ['ackRequired', 'stringInserted', 'motorLocked', 'backCoverClosed'] },
    status: { locked: true, ropeInserted: true, coverClosed: true },
    events: [],
    answer: '(P69,0,86)',
  })
})

const withStatus = (word: number): Uint8Array => bytesOfHex(MANUAL_POSITION.replace('20E0', word.toString(16).padStart(4, '0')))!

test.each([
  [1, 'entered-area'],
  [2, 'left-area'],
  [3, 'wire-cut'],
  [4, 'vibration'],
  [8, 'unlock-alarm'],
  [9, 'wrong-password-limit'],
  [10, 'unknown-card'],
  [11, 'low-battery'],
  [12, 'cover-opened'],
  [14, 'motor-stuck'],
])('bit %i of the status word is the event %s', (place, event) => {
  expect(read(withStatus(1 << place)).events).toEqual([event])
})

test('a frame is answered only where its status word asks for it, older locks with (P35)', () => {
  expect(read(withStatus(0x20c0)).answer).toBeUndefined()
  expect(read(bytesOfHex(MANUAL_POSITION.replace('1911', '1711'))!).answer).toBe('(P35)')
})

test('data of the blind area are told as kept', () => {
  expect(read(bytesOfHex(MANUAL_POSITION.replace('1911', '1913'))!)).toMatchObject({ buffered: true, dataType: 'blind-area' })
})

test.each([
  [
    'RFID card, opened',
    '(8000620011,P45,170720,020614,22.56035,N,114.01640,E,A,36,270,1,1,0008627839,0,0,24,5)',
    {
      rfidCard: '0008627839',
      events: ['unsealed-by-card'],
      serial: 24,
      odometerM: 5000,
      speedKmh: 36,
      courseDeg: 270,
      answer: '(P69,0,24)',
    },
  ],
  [
    'dynamic password, no fence',
    '(8000400055,P45,070121,074116,22.58071,N,113.91734,E,A,0,0,6,98,0000000000,1,0,13,0)',
    { events: ['unsealed-by-platform'], eventSource: 6, unlockVerification: 98, passwordVerification: 1, answer: '(P69,0,13)' },
  ],
  [
    'static password',
    '(8000400055,P45,060121,081257,22.58047,N,113.91753,E,A,0,0,4,1,0000000000,1,0,5,58)',
    { events: ['unsealed-by-platform'], answer: '(P69,0,5)' },
  ],
  [
    'card refused outside the fence',
    '(8000400055,P45,040121,104728,22.55801,N,114.00846,E,A,0,244,1,99,0008627839,0,0,2,29)',
    { events: ['unseal-refused-outside-area'], sentAt: '2021-01-04T10:47:28Z', answer: '(P69,0,2)' },
  ],
  [
    'locked by itself',
    '(8000400055,P45,060121,081012,22.58080,N,113.91751,E,A,0,0,5,0,0000000000,0,0,3,58)',
    { events: ['sealed-automatically'], answer: '(P69,0,3)' },
  ],
  [
    'wrong password, the fifth',
    '(8000400055,P45,060121,081012,22.58080,N,113.91751,E,A,0,0,4,0,0000000000,0,5,3,58)',
    { events: ['unseal-refused-wrong-password', 'wrong-password-limit'], wrongPasswordCount: 5 },
  ],
  [
    'unknown card, degrees and minutes, fields of later firmware',
    '(8130630001,P45,260915,102329,2233.3218,N,11325.3659,W,V,0,15,2,0,0026589876,0,0,1,234,863977039060871,7,460:0:19526:584115,x)',
    {
      events: ['unseal-refused-unknown-card'],
      lat: 22.555363,
      lon: -113.422765,
      fixValid: false,
      imei: '863977039060871',
      areaId: 7,
      unreadFields: ['x'],
    },
  ],
])('lock event: %s', (_, text, wanted) => {
  expect(read(text)).toMatchObject(wanted)
})

test('an all-zero card is no card', () => {
  expect(read('(8000400055,P45,060121,081012,22.58080,N,113.91751,E,A,0,0,5,0,0000000000,0,0,3,58)')).not.toHaveProperty('rfidCard')
})

test.each([
  ['(8000620011,P22,2)', 'request', '(P22,150720164328)'],
  ['(8000620011,P52,2,113271)', 'answer', '(P52,2,113271)'],
  ['(8000620011,@JT)', 'heartbeat', undefined],
  ['(8130630001,P43,1,0)', 'answer', undefined],
])('%s is a %s and is answered with %s', (text, kind, answer) => {
  expect(read(text)).toMatchObject({ kind, ...(answer ? { answer } : {}) })
  expect(read(text).answer).toBe(answer)
})

test('a sub-lock heard by radio is answered with the number of its record', () => {
  const content = '19042111353422348344113550520F0000190421113533E0172600041201681057040040000000310029'
  expect(read(Uint8Array.from([...bytesOfText('(8130630003,1,110,WLNET,5,2,'), ...bytesOfHex(content)!]))).toMatchObject({
    deviceId: '8130630003',
    sentAt: '2021-04-19T11:35:34Z',
    sensor: { id: 'e017260004', sentAt: '2021-04-19T11:35:33Z', batteryV: 3.6, rssiDbm: -87, type: 4, unreadHex: '00400000003100' },
    serial: 18,
    answer: '(P69,0,18)',
  })
})

test('escapes in binary content are undone once: what an escape gives is not the beginning of another', () => {
  // 3d 00 15 stands for 3d 15, not for a parenthesis.
  const content = '19042111353422348344113550520F0000190421113533E0172600041201681057043d0015000000003100'
  const frame = Uint8Array.from([...bytesOfText('(8130630003,1,110,WLNET,5,2,'), ...bytesOfHex(content)!, 0x29])
  expect(read(frame)).toMatchObject({ sensor: { unreadHex: '3d15000000003100' } })
})

test('commands are a table from paper and off until a lock has answered them here', () => {
  const target = { deviceId: '8000620011', serial: 1, nowMs: NOW }
  expect(jt600.command({ kind: 'unlock', password: '888888' }, target)).toEqual({ refused: 'not-tried' })
  expect(jointechCommandText({ kind: 'unlock', password: '888888' })).toBe('(P43,888888)')
  expect(jointechCommandText({ kind: 'set-interval', intervalS: 60 })).toBe('(P04,1,60,30)')
  expect(jointechCommandText({ kind: 'set-interval', intervalS: 4 })).toEqual({ refused: 'bad-value' })
  expect(jointechCommandText({ kind: 'one-time-password', password: '223457' })).toBe('(P52,3,223457)')
  expect(jointechCommandText({ kind: 'lock' })).toEqual({ refused: 'unknown-command' })
  const area = { id: 3, corners: [{ lat: 8.548717, lon: -75.51976 }] }
  expect(jointechCommandText({ kind: 'set-areas', areas: [area] })).toBe('(P29,1,3,1,1,-7531.1856,832.9230)(P24,1,3,1,AREA3)(P31)')
  expect(new Set(JT701_WORDS.map(({ word }) => word)).size).toBe(JT701_WORDS.length)
})
