import { expect, test } from 'vitest'
import { Refusal } from '../live/ask.ts'
import { LineDown } from '../shell/outbox.ts'
import { inMemory, type Keeping } from './keeping.ts'
import { createSends, type Send } from './sends.ts'

/** A server that takes, refuses or is not there. */
function desk(keeping: Keeping = inMemory(), me = 'kim') {
  const got: unknown[] = []
  const refused: Send[] = []
  const taken: string[] = []
  const line: { isDown: boolean; refuses: boolean; status?: number; stuck?: string } = { isDown: false, refuses: false }
  let now = 0
  const sends = createSends({
    keeping,
    me: () => me,
    now: () => ++now,
    newId: () => `id-${now}`,
    async post(path, body) {
      if (line.isDown) throw new LineDown('line')
      if (line.stuck === path) throw new Refusal('고장', 'fault', 500)
      if (line.status) throw new Refusal('저장하지 못함', 'not-kept', line.status)
      if (line.refuses) throw new Error('refused')
      got.push([path, body])
      return { number: got.length }
    },
    async upload(file) {
      if (line.isDown) throw new LineDown('line')
      got.push(file)
    },
    onTaken: send => taken.push(send.path),
    onRefused: send => refused.push(send),
    alone: task => task(),
  })
  return { sends, got, refused, taken, line, keeping }
}
const settled = async (): Promise<void> => {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}

test('a report goes after its photos, once, and its answer comes back', async () => {
  const { sends, got } = desk()
  const answer = await sends.put({ about: 'i', path: '/api/incidents', body: { id: 'i' }, files: ['photo'] })
  expect(got).toEqual(['photo', ['/api/incidents', { id: 'i' }]])
  expect(answer).toEqual({ number: 2 })
  expect(sends.waiting.get()).toEqual([])
})

test('without a line it is kept, in order, and sent once when the line is back', async () => {
  const { sends, got, line } = desk()
  line.isDown = true
  const outcomes = Promise.all([1, 2].map(n => sends.put({ about: 'i', path: `/${n}`, body: {}, files: [] })))
  await settled()
  expect(sends.waiting.get().map(send => send.path)).toEqual(['/1', '/2'])
  line.isDown = false
  await sends.flush()
  await outcomes
  await sends.flush()
  expect(got).toEqual([
    ['/1', {}],
    ['/2', {}],
  ])
})

test('what waited over a reload is sent by the page that comes after; a refusal then is told', async () => {
  const first = desk()
  first.line.isDown = true
  void first.sends.put({ about: 'i', path: '/kept', body: { id: 'i' }, files: [] })
  await settled()
  const second = desk(first.keeping)
  await second.sends.flush()
  expect(second.got).toEqual([['/kept', { id: 'i' }]])
  const third = desk(first.keeping)
  await first.keeping.put('sends', 'k', { key: 'k', about: 'i', path: '/late', body: {}, files: [] })
  third.line.refuses = true
  await third.sends.flush()
  expect(third.refused.map(send => send.path)).toEqual(['/late'])
  expect(await first.keeping.all('sends')).toEqual([])
})

test('a refusal comes back to whoever sent it and holds up nobody else', async () => {
  const { sends, got, line } = desk()
  line.refuses = true
  await expect(sends.put({ about: 'i', path: '/bad', body: {}, files: [] })).rejects.toThrow('refused')
  line.refuses = false
  await sends.put({ about: 'i', path: '/good', body: {}, files: [] })
  expect(got).toEqual([['/good', {}]])
})

test.each([401, 423, 429, 500, 507])(
  'an answer of %i is no refusal of what was written: it waits and goes when the server can',
  async status => {
    const { sends, got, taken, refused, line } = desk()
    line.status = status
    void sends.put({ about: 'i', path: '/report', body: { id: 'i' }, files: [] })
    await settled()
    expect(sends.waiting.get().map(send => send.path)).toEqual(['/report'])
    delete line.status
    await sends.flush()
    expect(got).toEqual([['/report', { id: 'i' }]])
    expect(taken).toEqual(['/report'])
    expect(refused).toEqual([])
  },
)

test('what one officer left waiting at a desk is never sent under the name of the next; it goes when its writer is back', async () => {
  const kim = desk()
  kim.line.isDown = true
  void kim.sends.put({ about: 'i', path: '/of-kim', body: {}, files: [] })
  await settled()
  const han = desk(kim.keeping, 'han')
  await han.sends.flush()
  expect(han.got).toEqual([])
  expect(han.sends.waiting.get()).toEqual([])
  const again = desk(kim.keeping, 'kim')
  await again.sends.flush()
  expect(again.got).toEqual([['/of-kim', {}]])
})

test('a send the server cannot take now holds up its own incident alone', async () => {
  const { sends, got, line } = desk()
  line.isDown = true
  for (const [about, path] of [
    ['a', '/stuck'],
    ['a', '/behind'],
    ['b', '/other'],
  ] as const)
    void sends.put({ about, path, body: {}, files: [] })
  await settled()
  line.isDown = false
  line.stuck = '/stuck'
  await sends.flush()
  expect(got).toEqual([['/other', {}]])
  delete line.stuck
  await sends.flush()
  expect(got).toEqual([
    ['/other', {}],
    ['/stuck', {}],
    ['/behind', {}],
  ])
})
