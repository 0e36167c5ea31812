import { expect, test } from 'vitest'
import { withParticle } from './particles.ts'

test('particles follow the last sound of a Korean name', () => {
  expect(withParticle('한바다호', '이')).toBe('한바다호가')
  expect(withParticle('새벽', '이')).toBe('새벽이')
  expect(withParticle('새벽', '은')).toBe('새벽은')
  expect(withParticle('부산', '을')).toBe('부산을')
  expect(withParticle('제주', '을')).toBe('제주를')
  expect(withParticle('제주', '과')).toBe('제주와')
  expect(withParticle('부산', '과')).toBe('부산과')
})

test('으로 becomes 로 after a vowel and after ㄹ', () => {
  expect(withParticle('부산', '으로')).toBe('부산으로')
  expect(withParticle('제주', '으로')).toBe('제주로')
  expect(withParticle('서울', '으로')).toBe('서울로')
  expect(withParticle('DEMO 1', '으로')).toBe('DEMO 1로')
  expect(withParticle('DEMO 3', '으로')).toBe('DEMO 3으로')
})

test.each([
  ['0', '이'],
  ['1', '이'],
  ['2', '가'],
  ['3', '이'],
  ['4', '가'],
  ['5', '가'],
  ['6', '이'],
  ['7', '이'],
  ['8', '이'],
  ['9', '가'],
])('a number that ends in %s is read aloud and takes %s', (digit, particle) => {
  expect(withParticle(`44015000${digit}`, '이')).toBe(`44015000${digit}${particle}`)
})

test.each([
  ['MANGRU', '가'],
  ['OCEAN', '이'],
  ['DART', '가'],
  ['STAR', '가'],
  ['GOLD', '가'],
  ['EAGLE', '이'],
  ['SEA LINE', '이'],
  ['BLUE', '가'],
  ['PRINCESS', '가'],
  ['PACIFIC', '이'],
  ['KING', '이'],
  ['CLASS R', '이'],
  ['SECTOR B', '가'],
])('%s is written in Hangul so that it takes %s', (name, particle) => {
  expect(withParticle(name, '이')).toBe(name + particle)
})

test('what stands after the name in brackets counts as it is read', () => {
  expect(withParticle('PEARL', '으로')).toBe('PEARL로')
  expect(withParticle('HALLASAN (DEMO)', '은')).toBe('HALLASAN (DEMO)는')
})

test('a name without any letter takes the open form and is left as it is', () => {
  expect(withParticle('---', '을')).toBe('---를')
})
