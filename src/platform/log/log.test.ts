import { expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { createLog, type LogFormat } from './index.ts'

const NOW = Date.UTC(2026, 10, 24, 7)

function someLog(format?: LogFormat) {
  const hand = { now: NOW }
  const clock: Clock = { now: () => epochMs(hand.now), every: () => () => {}, after: () => () => {} }
  const lines: string[] = []
  return { hand, lines, log: createLog(clock, line => lines.push(line), format) }
}

test('a happening is one line with its time and level', () => {
  const { log, lines } = someLog()
  log.warn('the feed busan is silent')
  expect(lines).toEqual(['2026-11-24T07:00:00.000Z warn the feed busan is silent\n'])
})

test('for machines each line is a JSON object, whatever the sentence holds', () => {
  const { log, lines } = someLog('json')
  log.error('a "name"\nof 부산')
  expect(lines.map(line => JSON.parse(line))).toEqual([{ at: '2026-11-24T07:00:00.000Z', level: 'error', text: 'a "name"\nof 부산' }])
  expect(lines[0]?.trimEnd()).not.toContain('\n')
})

test('what repeats within a minute is counted, and the count is told even when it never happens again', () => {
  const { hand, log, lines } = someLog()
  for (let n = 0; n < 413; n++) log.error('the disk refuses')
  expect(lines).toHaveLength(1)
  hand.now += 61_000
  log.info('another thing')
  expect(lines.slice(1)).toEqual([
    '2026-11-24T07:01:01.000Z error the disk refuses (and 412 times more)\n',
    '2026-11-24T07:01:01.000Z info another thing\n',
  ])
})

test('what goes on after the minute is said again with the count', () => {
  const { hand, log, lines } = someLog()
  for (let n = 0; n < 3; n++) log.error('the disk refuses')
  hand.now += 60_000
  log.error('the disk refuses')
  expect(lines[1]).toContain('(and 2 times more)')
})

test('ten thousand different sentences take no growing memory and lose no count', () => {
  const { log, lines } = someLog()
  for (let n = 0; n < 10_000; n++) {
    log.info(`sentence ${n}`)
    log.info(`sentence ${n}`)
  }
  for (let n = 0; n < 2000; n++) log.info(`last ${n}`)
  expect(lines.filter(line => line.includes('(and 1 times more)'))).toHaveLength(10_000)
})
