import { expect, test } from 'vitest'
import { createBus, topic } from './bus.ts'

const OPENED = topic<{ readonly seal: string }>('seal.opened')

test('who listens hears the facts in order, until it stops listening', () => {
  const bus = createBus(() => {})
  const heard: string[] = []
  const stop = bus.on(OPENED, fact => heard.push(fact.seal))
  bus.tell(OPENED, { seal: 'a' })
  bus.tell(OPENED, { seal: 'b' })
  stop()
  bus.tell(OPENED, { seal: 'c' })
  expect(heard).toEqual(['a', 'b'])
})

test('a listener that fails is named and stops nobody else', () => {
  const faults: string[] = []
  const heard: string[] = []
  const bus = createBus(name => faults.push(name))
  bus.on(OPENED, () => {
    throw new Error('broken')
  })
  bus.on(OPENED, fact => heard.push(fact.seal))
  bus.tell(OPENED, { seal: 'a' })
  expect([faults, heard]).toEqual([['seal.opened'], ['a']])
})
