import { expect, test } from 'vitest'
import { epochMs } from '#base/index.ts'
import { createTickets } from './tickets.ts'

const MINUTE_MS = 60_000

test('a ticket is its person’s and its step’s for five minutes, is not used up by looking, and ends once', () => {
  let nowMs = 0
  const tickets = createTickets({ now: () => epochMs(nowMs) })
  const ticket = tickets.open('p-kim', 'second', ['password'])
  nowMs = 5 * MINUTE_MS - 1
  for (let n = 0; n < 3; n++) expect(tickets.look(ticket)).toMatchObject({ person: 'p-kim', step: 'second', ways: ['password'] })
  expect([tickets.end(ticket), tickets.end(ticket), tickets.look(ticket)]).toEqual([true, false, undefined])
})

test('five minutes later it is worth nothing, whatever is done with it', () => {
  let nowMs = 0
  const tickets = createTickets({ now: () => epochMs(nowMs) })
  const ticket = tickets.open('p-kim', 'enrol')
  nowMs = 5 * MINUTE_MS
  expect([tickets.look(ticket), tickets.end(ticket)]).toEqual([undefined, false])
})

test('whoever asks for very many pushes out the oldest, never one’s own of a moment ago', () => {
  const tickets = createTickets({ now: () => epochMs(0) })
  const first = tickets.open('p-0', 'second')
  for (let n = 1; n < 20_000; n++) tickets.open(`p-${n}`, 'second')
  const last = tickets.open('p-kim', 'second')
  expect([tickets.look(first), tickets.look(last)?.person]).toEqual([undefined, 'p-kim'])
})
