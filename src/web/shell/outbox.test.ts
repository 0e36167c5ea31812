import { expect, test } from 'vitest'
import { createOutbox, LineDown } from './outbox.ts'

const ids = () => {
  let n = 0
  return () => `deed-${++n}`
}

test('a command pressed while the line is down waits and happens once when it is back', async () => {
  const outbox = createOutbox(ids())
  let isUp = false
  const sent: string[] = []
  const done = outbox.put('alarm-1', async id => {
    if (!isUp) throw new LineDown()
    sent.push(id)
  })
  await outbox.flush()
  expect(outbox.waiting.get().map(deed => deed.about)).toEqual(['alarm-1'])
  isUp = true
  await outbox.flush()
  await outbox.flush()
  await done
  expect(sent).toEqual(['deed-1'])
  expect(outbox.waiting.get()).toEqual([])
})

test('what the server refuses says why and does not hold up what waits behind it', async () => {
  const outbox = createOutbox(ids())
  const refused = outbox.put('a', async () => {
    throw new Error('김○○이 먼저 확인')
  })
  const done = outbox.put('b', async () => undefined)
  await expect(refused).rejects.toThrow('먼저 확인')
  await done
  expect(outbox.waiting.get()).toEqual([])
})

test('commands are sent in the order they were pressed', async () => {
  const outbox = createOutbox(ids())
  const order: string[] = []
  await Promise.all(['a', 'b', 'c'].map(about => outbox.put(about, async () => void order.push(about))))
  expect(order).toEqual(['a', 'b', 'c'])
})
