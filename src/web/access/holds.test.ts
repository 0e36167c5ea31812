// Held evidence on the screen: who placed it by name, what waits to be let go, and times of day in Korea.
import { expect, test } from 'vitest'
import { endHold, holds, kstField, kstMs } from './holds.ts'

const HELD = { id: 7, from: '2026-11-22T15:00:00.000Z', to: '2026-11-23T06:00:00.000Z', reason: '사건 7' }
const request = (number: number, deed: string, thing: string, state: string) => ({ number, deed, thing, state })

function server(answers: Record<string, unknown>) {
  const asked: string[] = []
  return {
    asked,
    async json(method: string, path: string) {
      asked.push(`${method} ${path}`)
      return answers[path.split('?')[0] ?? '']
    },
  }
}

test('a hold says who placed it by name, and by id where the name is not known', async () => {
  const api = server({ '/api/holds': [{ ...HELD, placedBy: 'kim', placedByName: '김' }, { ...HELD, placedBy: 'lee' }, HELD] })
  expect((await holds(api, false)).map(one => one.placedBy)).toEqual(['김', 'lee', undefined])
  expect(api.asked).toEqual(['GET /api/holds'])
})

test('a hold that waits to be let go says so, as long as nobody has decided', async () => {
  const api = server({
    '/api/holds': [HELD, { ...HELD, id: 8 }, { ...HELD, id: 9 }],
    '/api/second': [
      request(3, 'evidence.release', '7', 'asked'),
      request(2, 'evidence.release', '8', 'refused'),
      request(1, 'evidence.export', '9', 'asked'),
    ],
  })
  expect((await holds(api, true)).map(one => one.endAsked)).toEqual([3, undefined, undefined])
})

test('letting go gives the number of the request when it takes two, and nothing when it is done', async () => {
  const api = server({ '/api/holds/7': { request: { number: 4 } } })
  expect(await endHold(api, 7, ' 재판 & 종결 ')).toBe(4)
  expect(api.asked).toEqual(['DELETE /api/holds/7?reason=%EC%9E%AC%ED%8C%90%20%26%20%EC%A2%85%EA%B2%B0'])
  expect(await endHold(server({}), 8, '재판 종결')).toBeUndefined()
})

test('a field of day and time is read and shown as Korea has it', () => {
  expect(kstField(Date.UTC(2026, 10, 23, 15, 30))).toBe('2026-11-24T00:30')
  expect(kstMs('2026-11-24T00:30')).toBe(Date.UTC(2026, 10, 23, 15, 30))
  expect(kstMs('')).toBeNaN()
})
