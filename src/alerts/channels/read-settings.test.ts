import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSettings } from '#platform/settings/index.ts'
import { CHANNEL_SETTINGS } from '../settings.ts'
import { CHANNEL_KINDS } from './channel.ts'
import { readChannelSettings } from './read-settings.ts'

const read = (text: string, env = {}) => {
  const settings = readSettings(CHANNEL_SETTINGS, text, 'mangru.yaml', env)
  const { channels, faults } = readChannelSettings(settings, path => {
    if (path === '/etc/mangru/sms.password') return 'sesame\n'
    throw new Error('ENOENT')
  })
  return { channels: settings.faults.length > 0 ? [] : channels, faults: [...settings.faults, ...faults] }
}
const SMPP = 'channels:\n  sms:\n    kind: sms-smpp\n    host: smsc.example.kr\n    systemId: mangru\n    sender: "1588"\n'

test('nothing is on without settings', () => {
  expect(read('')).toEqual({ channels: [], faults: [] })
})

test.each([
  ['a file', `${SMPP}    password: file:/etc/mangru/sms.password\n`, {}],
  ['the environment', SMPP, { MANGRU_CHANNELS_SMS_PASSWORD: 'sesame' }],
])('a secret comes from %s', (_what, text, env) => {
  expect(read(text, env)).toEqual({
    channels: [
      { kind: 'sms-smpp', name: 'sms', host: 'smsc.example.kr', port: 2775, systemId: 'mangru', password: 'sesame', sender: '1588' },
    ],
    faults: [],
  })
})

test.each([
  [SMPP, 'mangru.yaml:3:5: channels.sms (sms-smpp): password is missing; write file:PATH, or give MANGRU_CHANNELS_SMS_PASSWORD'],
  [`${SMPP}    password: file:/nowhere\n`, 'mangru.yaml:7:5: channels.sms.password: the file /nowhere cannot be read (ENOENT)'],
  [`${SMPP}    password: x\n    coil: 1\n`, 'mangru.yaml:8:5: channels.sms.coil is no setting of sms-smpp; take it away'],
  ['channels:\n  a:\n    host: x\n', /^mangru.yaml:3:5: channels.a: its kind is missing; write kind: one of sms-smpp/],
  ['channels:\n  a:\n    kind: pigeon\n', /^mangru.yaml:3:5: channels.a.kind: "pigeon" is not known/],
  ['channels:\n  a:\n    kind: siren\n', 'mangru.yaml:3:5: channels.a: siren needs either a host (Modbus/TCP) or a url (HTTP)'],
  [
    'channels:\n  a:\n    kind: sms-http\n    profile: plain\n    url: http://x/\n',
    /^mangru.yaml:4:5: channels.a: plain sends no texts; use one of kannel, nhn, sens, own/,
  ],
  [
    'channels:\n  a:\n    kind: sms-http\n    profile: own\n    url: http://x/\n    body: "{oops"\n',
    'mangru.yaml:6:5: channels.a: the body is neither JSON nor lines of name={text}',
  ],
  [
    'channels:\n  a:\n    kind: cap\n    sender: x\n    restriction: y\n    url: http://x/\n    headers: ["no header"]\n',
    /^mangru.yaml:7:15: channels.a.headers: "no header" is no header/,
  ],
])('%j is a fault with its line and the remedy', (text, sentence) => {
  expect(read(text).faults[0]).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence))
  expect(read(text).channels).toEqual([])
})

test('a gateway of one\u2019s own form is a request, an answer and a call-back', () => {
  const { channels, faults } = read(`channels:
  own:
    kind: sms-http
    profile: own
    url: https://gateway.example.kr/send
    headers: ["X-Key: {appKey}"]
    appKey: k
    body: '{"to":"{to}","msg":"{text}"}'
    idPath: result.id
    takenPath: result.code
    takenIs: "0"
    takesKey: true
    callbackId: ref
    callbackState: state
    callbackDelivered: ["OK"]
`)
  expect(faults).toEqual([])
  expect(channels).toEqual([
    {
      kind: 'sms-http',
      name: 'own',
      url: 'https://gateway.example.kr/send',
      variables: { appKey: 'k' },
      profile: {
        name: 'own',
        request: { method: 'POST', url: '{base}', headers: { 'X-Key': '{appKey}' }, json: { to: '{to}', msg: '{text}' } },
        idPath: 'result.id',
        takenWhen: { path: 'result.code', is: 0 },
        takesIdempotencyKey: true,
        callback: { id: 'ref', state: 'state', delivered: ['OK'], failed: [] },
      },
    },
  ])
})

test('every example of the administrators\u2019 page is taken, and there is one of each kind', () => {
  const page = readFileSync(new URL('../../../docs/administrators/channels.md', import.meta.url), 'utf8')
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(one => one[1] ?? '')
  const kinds = examples.flatMap(example => {
    const settings = readSettings(CHANNEL_SETTINGS, example.replace(/file:\S+/g, 'word'), 'page', {})
    const read = readChannelSettings(settings, () => '')
    expect([settings.faults, read.faults]).toEqual([[], []])
    return read.channels.map(one => one.kind)
  })
  expect(new Set(kinds)).toEqual(new Set(CHANNEL_KINDS))
})
