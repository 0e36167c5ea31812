import { expect, test } from 'vitest'
import { inMemory } from './keeping.ts'
import { createUnsent } from './unsent.ts'

test('whoever sits at a desk is told how much others could not send from it; their own is not counted', async () => {
  const keeping = inMemory()
  for (const [n, by] of ['kim', 'lee', 'lee', ''].entries()) await keeping.put('sends', `${n}`, { key: `${n}`, path: '/x', by })
  let me: string | undefined = 'kim'
  const unsent = createUnsent(keeping, () => me)
  await unsent.count()
  expect(unsent.others.get()).toBe(2)
  me = 'lee'
  await unsent.count()
  expect(unsent.others.get()).toBe(1)
})
