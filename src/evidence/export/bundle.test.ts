import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bundleOf, verifyBundle } from './bundle.ts'
import { membersOf, zipOf } from './zip.ts'

const newKey = (): string => String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
const KEY = newKey()
const FILES = [
  { name: 'sentences.nmea', bytes: Buffer.from('!AIVDM,1,1,,A,…') },
  { name: 'tracks.geojson', bytes: Buffer.from('{}') },
  { name: '한글.json', bytes: Buffer.alloc(0) },
]
const bundle = () => bundleOf(FILES, { reason: '검찰 요청' }, KEY)

test('an export as it was made is whole, names its key and custody, and is the same made twice', () => {
  expect(verifyBundle(bundle())).toMatchObject({ ok: true, files: 3, custody: { reason: '검찰 요청' } })
  expect(bundle().equals(bundle())).toBe(true)
})

test('what goes into a ZIP comes out of it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), bytes: fc.uint8Array({ maxLength: 300 }) })),
      members => {
        const out = membersOf(zipOf(members))
        expect(typeof out === 'string' ? out : out.map(({ name, bytes }) => [name, [...bytes]])).toEqual(
          members.map(({ name, bytes }) => [Buffer.from(name).toString(), [...bytes]]),
        )
      },
    ),
  )
})

test('one byte changed anywhere, a byte added or cut off, is found', () => {
  const whole = bundle()
  let undetected = 0
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0x41
    // Dates and version fields of the container are no evidence; nothing that is evidence may pass.
    const verdict = verifyBundle(changed)
    if (verdict.ok) {
      undetected++
      expect(verdict.custody).toEqual({ reason: '검찰 요청' })
      const [a, b] = [membersOf(changed), membersOf(whole)]
      expect(typeof a === 'string' || typeof b === 'string' ? a : a.map(one => [one.name, String(one.bytes)])).toEqual(
        typeof b === 'string' ? b : b.map(one => [one.name, String(one.bytes)]),
      )
    }
  }
  expect(undetected).toBeLessThan(whole.length / 3)
  expect(verifyBundle(Buffer.concat([whole, Buffer.from('x')])).ok).toBe(false)
  for (let length = 0; length < whole.length; length += 7) expect(verifyBundle(whole.subarray(0, length)).ok).toBe(false)
})

test.each([
  ['a member more', [...FILES, { name: 'extra.txt', bytes: Buffer.from('x') }], /does not name it/],
  ['a member less', FILES.slice(1), /sentences\.nmea: it is missing/],
  ['a member changed', [{ name: 'sentences.nmea', bytes: Buffer.from('!AIVDM,1,1,,B,…') }, ...FILES.slice(1)], /not what was signed/],
])('packed anew with %s, it says so', (_what, files, why) => {
  const members = membersOf(bundle())
  if (typeof members === 'string') throw new Error(members)
  expect(verifyBundle(zipOf([...members.slice(0, 3), ...files]))).toMatchObject({ ok: false, why: expect.stringMatching(why) })
})

test('another’s manifest with our signature, and our manifest signed by another, do not fit', () => {
  const [ours, theirs] = [membersOf(bundle()), membersOf(bundleOf(FILES, { reason: 'other' }, newKey()))]
  if (typeof ours === 'string' || typeof theirs === 'string') throw new Error('no members')
  for (const swapped of [0, 1, 2]) {
    const mixed = ours.map((member, n) => (n === swapped ? (theirs[n] ?? member) : member))
    expect(verifyBundle(zipOf(mixed)).ok).toBe(false)
  }
})
