import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createHasher } from './password.ts'
import { createTurns, TooMany } from './turns.ts'

test('what is kept is argon2id in PHC form, different each time, and only its password opens it', async () => {
  const hasher = createHasher()
  const [one, other] = await Promise.all([hasher.hash('sea wind at night 7'), hasher.hash('sea wind at night 7')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(other)
  expect(await hasher.verify('sea wind at night 7', one)).toBe(true)
  expect(await hasher.verify('sea wind at night 8', one)).toBe(false)
  expect(await hasher.verify('sea wind at night 7', undefined)).toBe(false)
  expect(await hasher.verify('sea wind at night 7', 'plain words')).toBe(false)
})

test('a Korean password typed in parts of letters is the same as typed whole', async () => {
  const hasher = createHasher()
  const kept = await hasher.hash('밤바다 당직 근무 열두시'.normalize('NFD'))
  expect(await hasher.verify('밤바다 당직 근무 열두시'.normalize('NFC'), kept)).toBe(true)
})

test('what was made with other parameters is still read', async () => {
  const salt = Buffer.from('0123456789abcdef')
  const tag = argon2Sync('argon2id', { message: 'older password', nonce: salt, parallelism: 2, tagLength: 24, memory: 8192, passes: 3 })
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
  const kept = `$argon2id$v=19$m=8192,t=3,p=2$${text(salt)}$${text(tag)}`
  expect(await createHasher().verify('older password', kept)).toBe(true)
  expect(await createHasher().verify('newer password', kept)).toBe(false)
})

test('known callers go before strangers, a full queue of strangers refuses strangers alone', async () => {
  const turns = createTurns(1, 3)
  const order: string[] = []
  let release = (): void => {}
  const blocked = turns.take(() => new Promise<void>(done => (release = done)), false)
  const one = (name: string, isFirst: boolean): Promise<void> =>
    turns.take(async () => {
      order.push(name)
    }, isFirst)
  const waiting = [one('stranger 1', false), one('stranger 2', false), one('stranger 3', false), one('known', true)]
  await expect(one('stranger 4', false)).rejects.toThrow(TooMany)
  release()
  await Promise.all([blocked, ...waiting])
  expect(order).toEqual(['known', 'stranger 1', 'stranger 2', 'stranger 3'])
})

test('work that fails gives its turn on', async () => {
  const turns = createTurns(1, 3)
  await expect(turns.take(() => Promise.reject(new Error('no')), false)).rejects.toThrow('no')
  expect(await turns.take(() => Promise.resolve(7), false)).toBe(7)
})
