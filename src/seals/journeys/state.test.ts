// What was kept of a journey is taken up again, also where an earlier version kept it.
import { expect, test } from 'vitest'
import { deed, LEAVES_MS, MINUTE_MS, madePass, madePlan, madeReport, SEAL } from '#testkit/made-journey.ts'
import { agreedAt, freshJourney, journeyFrom } from './state.ts'

const at = (minute: number): number => LEAVES_MS + minute * MINUTE_MS

test('each officer’s word has its own end; nobody lengthens another’s', () => {
  const { pass, feed } = madePass(madePlan({ risk: 'high' }))
  const agreed = (minute: number): string[] => agreedAt(pass.now('J1')!, at(minute)).map(one => one.officer)
  feed(deed(0, 'authorise-unseal', { who: 'kim' }), deed(50, 'authorise-unseal', { who: 'lee' }))
  expect([agreed(50), agreed(61)]).toEqual([['kim', 'lee'], ['lee']])
  feed(deed(55, 'authorise-unseal', { who: 'lee', id: 'again' }))
  expect([agreed(60), agreed(61), agreed(116)]).toEqual([['kim', 'lee'], ['lee'], []])
})

test('a deed of opening counts only while enough words hold', () => {
  const { feed, standing } = madePass(madePlan({ destination: madePlan().origin }))
  feed(deed(-20, 'fit', { seal: SEAL, container: 'TEMU1234565' }), madeReport(-10, 0, { speedKmh: 0, events: ['sealed'] }))
  feed(deed(0, 'authorise-unseal', { who: 'kim', untilMs: at(5) }), deed(6, 'unseal', { who: 'kim' }))
  expect(standing().state).toBe('armed')
  feed(deed(7, 'authorise-unseal', { who: 'kim' }), deed(8, 'unseal', { who: 'kim' }))
  expect(standing().state).toBe('unsealed')
})

test('words that an earlier version kept with one end for all still hold', () => {
  const plan = madePlan()
  const { authority: _none, ...rest } = freshJourney(plan)
  const before = journeyFrom(plan, { ...rest, authority: { officers: ['kim', 'lee'], untilMs: at(60) } })
  expect([agreedAt(before, at(60)), agreedAt(before, at(61))]).toEqual([
    [
      { officer: 'kim', untilMs: at(60) },
      { officer: 'lee', untilMs: at(60) },
    ],
    [],
  ])
  expect(agreedAt(journeyFrom(plan, rest), at(0))).toEqual([])
})
