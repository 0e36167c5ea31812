import { expect, test } from 'vitest'
import { environmentName, exampleSettings, readSettings, type SettingDescription } from './index.ts'

const sentence = { ko: '설명', en: 'what it is' }
const FIELDS: readonly SettingDescription[] = [
  { path: 'http.port', kind: 'number', default: 8642, min: 0, max: 65_535, isWhole: true, sentence },
  { path: 'http.host', kind: 'text', default: '127.0.0.1', words: ['127.0.0.1', '::1'], sentence },
  { path: 'vessels.picture.capacity', kind: 'number', default: 200_000, min: 1000, max: 1_000_000, unit: 'ships', sentence },
  { path: 'retention.minFreeGb', kind: 'number', default: 2, min: 0.1, max: 100, unit: 'GB', sentence },
  { path: 'demo.enabled', kind: 'boolean', default: true, sentence },
  { path: 'feeds', kind: 'list', default: [], faultOf: url => (url.includes('://') ? undefined : `"${url}" is no URL`), sentence },
]
const read = (text?: string, env = {}) => readSettings(FIELDS, text, 'mangru.yaml', env)
const faults = (text?: string, env = {}): readonly string[] => read(text, env).faults

test('without a file and in an empty one every setting has its default', () => {
  for (const text of [undefined, '', '# nothing\n', 'http:\n']) {
    const { values, faults: none } = read(text)
    expect(none).toEqual([])
    expect(Object.fromEntries(values)).toEqual({
      'http.port': 8642,
      'http.host': '127.0.0.1',
      'vessels.picture.capacity': 200_000,
      'retention.minFreeGb': 2,
      'demo.enabled': true,
      feeds: [],
    })
  }
})

test('what the file says counts, and the environment counts more', () => {
  const text = 'http:\n  port: 9000\nvessels:\n  picture:\n    capacity: 5000\nfeeds: [ "tcp://192.0.2.1:4001" ]\n'
  expect(read(text).values.get('http.port')).toBe(9000)
  expect(read(text).values.get('feeds')).toEqual(['tcp://192.0.2.1:4001'])
  const { values } = read(text, { MANGRU_HTTP_PORT: '9001', MANGRU_DEMO_ENABLED: 'false', MANGRU_FEEDS: 'udp://:1,udp://:2' })
  expect([values.get('http.port'), values.get('demo.enabled'), values.get('feeds')]).toEqual([9001, false, ['udp://:1', 'udp://:2']])
  expect(values.get('vessels.picture.capacity')).toBe(5000)
})

test('the name in the environment follows from the path', () => {
  expect(environmentName('vessels.picture.capacity')).toBe('MANGRU_VESSELS_PICTURE_CAPACITY')
  expect(environmentName('retention.minFreeGb')).toBe('MANGRU_RETENTION_MIN_FREE_GB')
})

test.each([
  ['a typo', 'http:\n  prot: 9000\n', 'mangru.yaml:2:3: there is no setting "http.prot"; did you mean "http.port"?'],
  [
    'an unknown group',
    'colours:\n  sea: blue\n',
    /^mangru.yaml:1:1: there is no setting "colours"; docs\/operators\/settings.example.yaml/,
  ],
  ['capitals', 'HTTP:\n  port: 9000\n', 'mangru.yaml:1:1: there is no setting "HTTP"; did you mean "http"?'],
  ['one bad entry of a list', 'feeds:\n  - udp://:1\n  - nonsense\n', 'mangru.yaml:3:5: feeds: "nonsense" is no URL'],
  ['an entry that points elsewhere', 'http:\n  port: *there\n', /^mangru.yaml:2:\d+: /],
  ['a group given as a value', 'http: 9000\n', 'mangru.yaml:1:1: "http" is a group: its settings stand indented below it'],
  ['a text for a number', 'http:\n  port: high\n', 'mangru.yaml:2:3: http.port: "high" is no number; write one, for example 8642'],
  ['nothing for a number', 'http:\n  port:\n', /^mangru.yaml:2:3: http.port: null is no number/],
  ['too little', 'vessels:\n  picture:\n    capacity: 10\n', /capacity: 10 ships is too small; 1000 ships is the least$/],
  ['too much', 'http:\n  port: 70000\n', /http.port: 70000 is too much; 65535 is the most$/],
  ['a part of a port', 'http:\n  port: 80.5\n', /http.port: 80.5 is no whole number$/],
  ['a number for a switch', 'demo:\n  enabled: 1\n', /demo.enabled: 1 is neither true nor false; write one of them$/],
  ['a word that is not known', 'http:\n  host: 0.0.0.0\n', /"0.0.0.0" is not known; use one of 127.0.0.1, ::1$/],
  ['a text for a list', 'feeds: tcp://192.0.2.1:4001\n', /feeds: write a list of texts/],
  ['a list for the whole file', '- a\n- b\n', /^mangru.yaml:1:1: the file must be/],
  ['a key twice', 'feeds: []\nfeeds: []\n', /^mangru.yaml:2:1: this is no YAML: .*unique/],
  ['bad indentation', 'http:\n  port: 1\n host: x\n', /^mangru.yaml:\d:\d+: this is no YAML/],
])('%s is one fault that names the place and the remedy', (_what, text, sentenceOf) => {
  expect(faults(text)).toEqual([typeof sentenceOf === 'string' ? sentenceOf : expect.stringMatching(sentenceOf)])
})

test('every fault of a file is told at once', () => {
  expect(faults('http:\n  port: x\n  hots: y\ndemo:\n  enabled: maybe\n')).toHaveLength(3)
})

test.each([
  [{ MANGRU_HTTP_PORT: 'high' }, 'MANGRU_HTTP_PORT: "high" is no number; write one, for example 8642'],
  [{ MANGRU_HTTP_PORT: '' }, 'MANGRU_HTTP_PORT: "" is no number; write one, for example 8642'],
  [{ MANGRU_FEEDS: 'udp://:1,nonsense' }, 'MANGRU_FEEDS: "nonsense" is no URL'],
  [{ MANGRU_DEMO_ENABLED: 'yes' }, 'MANGRU_DEMO_ENABLED: "yes" is neither true nor false; write one of them'],
  [{ MANGRU_HTTP_PROT: '1' }, 'MANGRU_HTTP_PROT: there is no such setting; did you mean MANGRU_HTTP_PORT?'],
])('a fault in the environment is named: %o', (env, sentenceOf) => {
  expect(faults(undefined, env)).toEqual([sentenceOf])
})

test('other variables of the environment are none of our business', () => {
  expect(faults(undefined, { MANGRU_CONFIG: 'x', MANGRU_DATA: 'y', HTTP_PORT: 'z', PATH: '/bin' })).toEqual([])
})

test('the example, uncommented, is taken and changes nothing', () => {
  const uncommented = exampleSettings(FIELDS)
    .split('\n')
    .filter(line => !/^#|# .*·|^$/.test(line))
    .map(line => line.replace(/^(\s*)# /, '$1'))
    .join('\n')
  expect(read(uncommented)).toEqual({ ...read(), places: expect.any(Map) })
})

const NAMED: readonly SettingDescription[] = [
  ...FIELDS,
  { path: 'channels.*.port', kind: 'number', default: 1, min: 1, max: 65_535, sentence },
  { path: 'channels.*.password', kind: 'text', default: '', sentence },
]
const readNamed = (text: string, env = {}) => readSettings(NAMED, text, 'mangru.yaml', env)

test('things may have names of one’s own; what the file says of each, and where, is known', () => {
  const { values, places, faults: none } = readNamed('channels:\n  sms-one:\n    port: 2775\n  sms-two:\n    port: 2776\n')
  expect(none).toEqual([])
  expect([values.get('channels.sms-one.port'), values.get('channels.sms-two.port'), values.get('channels.*.port')]).toEqual([
    2775,
    2776,
    undefined,
  ])
  expect(places.get('channels.sms-two.port')).toBe('mangru.yaml:5:5')
})

test('the environment gives what a named thing of the file lacks, and none that is not there', () => {
  const env = { MANGRU_CHANNELS_SMS_ONE_PASSWORD: 'from outside', MANGRU_CHANNELS_OTHER_PASSWORD: 'x' }
  const { values, faults: none } = readNamed('channels:\n  sms-one:\n    port: 2775\n', env)
  expect(none).toEqual([])
  expect(values.get('channels.sms-one.password')).toBe('from outside')
  expect(values.has('channels.other.password')).toBe(false)
})

test.each([
  ['channels:\n  sms:\n    prot: 1\n', /^mangru.yaml:3:5: there is no setting "channels.sms.prot"/],
  ['channels:\n  sms:\n    port: 0\n', /^mangru.yaml:3:5: channels.sms.port: 0 is too small/],
  ['channels:\n  SMS 1:\n    port: 1\n', /^mangru.yaml:2:3: there is no setting "channels.SMS 1"/],
  ['channels:\n  sms: yes\n', /^mangru.yaml:2:3: "channels.sms" is a group/],
])('%j is one fault with its place', (text, sentenceOf) => {
  expect(readNamed(text).faults).toEqual([expect.stringMatching(sentenceOf)])
})
