import { expect, test } from 'vitest'
import { UsageError } from './command.ts'
import { readOptions, refuseWords, timeOption } from './options.ts'

const time = (text: string): number | undefined => timeOption(readOptions(['--from', text], ['--from']), '--from')

test.each([
  ['2026-11-24T07:00:00Z', Date.UTC(2026, 10, 24, 7)],
  ['2026-11-24T16:00:00+09:00', Date.UTC(2026, 10, 24, 7)],
  ['2026-11-24T07:00:00.250Z', Date.UTC(2026, 10, 24, 7, 0, 0, 250)],
  ['2026-11-24T07:00Z', Date.UTC(2026, 10, 24, 7)],
  ['2026-11-24', Date.UTC(2026, 10, 24)],
])('%s is read as the time it says', (text, ms) => {
  expect(time(text)).toBe(ms)
})

test('a time without a zone is UTC also on a machine in Korea', () => {
  const before = process.env.TZ
  process.env.TZ = 'Asia/Seoul'
  try {
    expect(time('2026-11-24T07:00:00')).toBe(Date.UTC(2026, 10, 24, 7))
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test.each(['yesterday', '7', '2026-13-45', '2026-02-30', '2026-04-31T00:00:00Z', '24.11.2026', 'Nov 24 2026', ''])(
  '"%s" is refused with an example of what to write',
  text => {
    expect(() => time(text)).toThrow(UsageError)
    expect(() => time(text)).toThrow(/write it as 2026-11-24T07:00:00Z/)
  },
)

test('a word that a command does not take is wrong usage', () => {
  const options = readOptions(['data'], ['--data'])
  expect(() => refuseWords(options, 'name the folder with --data data')).toThrow(/data is a word too many; name the folder with --data/)
})

test('unknown options and missing values are wrong usage', () => {
  expect(() => readOptions(['--form', 'x'], ['--from'])).toThrow(/no option --form/)
  expect(() => readOptions(['--from'], ['--from'])).toThrow(/--from needs a value/)
  expect(readOptions(['--from=x=y', 'a'], ['--from'])).toMatchObject({ words: ['a'], values: new Map([['--from', 'x=y']]) })
})
