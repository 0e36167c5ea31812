// What is attached: looked at by its content, stripped for sharing, kept whole for evidence, never doubled by a resend.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exifBlock, jpeg, mp4, pdf, png, webp, zipEnd } from '#testkit/files.ts'
import { type IncidentDesk, incidentDesk, JUNG, KIM, NIGHT } from '#testkit/incident-desk.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { type Attachments, createAttachments } from './attachments.ts'
import { checkAttachments } from './check.ts'
import { contentOf } from './content.ts'
import { pathOf } from './examine.ts'
import { readExif } from './exif.ts'
import { jpegExif } from './jpeg.ts'

const source = (bytes: Buffer) => ({ bytes: bytes.length, read: (at: number, length: number) => bytes.subarray(at, at + length) })
const judged = (bytes: Buffer): string => {
  const outcome = contentOf(source(bytes))
  return outcome.ok ? outcome.value.type : outcome.reason
}
const after = (bytes: Buffer, more: string | Buffer): Buffer => Buffer.concat([bytes, Buffer.from(more)])

test.each([
  ['a photo', jpeg(), 'image/jpeg'],
  ['a photo of a phone, with its place', jpeg({ exif: exifBlock() }), 'image/jpeg'],
  ['a photo with a film behind its end, as some phones write', jpeg({ behind: mp4() }), 'image/jpeg'],
  ['a PNG', png(), 'image/png'],
  ['a WebP', webp(), 'image/webp'],
  ['a film', mp4(), 'video/mp4'],
  ['a film of a phone', mp4({ brand: 'qt  ', place: '+35.0770+128.9980/' }), 'video/quicktime'],
  ['a PDF', pdf(), 'application/pdf'],
  ['nothing', Buffer.alloc(0), 'attachment-empty'],
  ['a web page', Buffer.from('<html><script>alert(1)</script>'), 'attachment-kind'],
  ['a program called photo.jpg', Buffer.from('MZ\x90\0'), 'attachment-kind'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'attachment-kind'],
  ['an archive', zipEnd(), 'attachment-kind'],
  ['a photo of an iPhone as it is', mp4({ brand: 'heic' }), 'attachment-heic'],
  ['a photo that is an archive too', jpeg({ behind: zipEnd() }), 'attachment-two-faced'],
  ['a photo that is a page too', jpeg({ comment: '<script>alert(1)</script>' }), 'attachment-two-faced'],
  ['a photo that is a PDF too', jpeg({ comment: '%PDF-1.4' }), 'attachment-two-faced'],
  ['a photo with a server’s script', jpeg({ behind: Buffer.from('<?php system($_GET[1]);') }), 'attachment-two-faced'],
  ['a PNG with a page in its words', png([['tEXt', Buffer.from('a\0<iframe src=x>')]]), 'attachment-two-faced'],
  ['a PNG with something behind its end', after(png(), 'x'), 'attachment-broken'],
  ['a PDF that is an archive too', after(pdf(), zipEnd()), 'attachment-two-faced'],
  ['a film that is an archive too', after(mp4(), zipEnd()), 'attachment-broken'],
  ['a PDF with a script', pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'attachment-acts'],
  ['a PDF with a script in other letters', pdf('/S /Java#53cript'), 'attachment-acts'],
  ['a PDF that starts a program', pdf('/AA << /O << /S /Launch >> >>'), 'attachment-acts'],
  ['a PDF with files inside', pdf('/Names << /EmbeddedFiles 3 0 R >>'), 'attachment-acts'],
  ['half a photo', jpeg().subarray(0, -9), 'attachment-broken'],
  ['half a PDF', pdf().subarray(0, 30), 'attachment-broken'],
  ['a film whose boxes do not fit', mp4().subarray(0, -1), 'attachment-broken'],
])('%s is judged by what is in it', (_what, bytes, verdict) => expect(judged(bytes)).toBe(verdict))

test('whatever bytes come are judged without a fault', () => {
  const whole = [jpeg({ exif: exifBlock() }), png(), webp(), mp4(), pdf()]
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 12 }),
      fc.nat(600),
      (from, changes, length) => {
        const bytes = Buffer.from(from)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        expect(typeof judged(bytes.subarray(0, length))).toBe('string')
        const exif = jpegExif(bytes)
        if (exif) expect(readExif(exif)).toBeTypeOf('object')
      },
    ),
    { numRuns: 500 },
  )
})

test('place, time and turn are read from what a phone writes', () => {
  const exif = readExif(exifBlock({ lat: -35.5, lon: 128.998 }))
  expect(exif.lat).toBeCloseTo(-35.5, 5)
  expect(exif.lon).toBeCloseTo(128.998, 5)
  expect(exif).toMatchObject({ takenAtMs: Date.UTC(2026, 10, 23, 18, 2, 11), orientation: 6 })
  expect(readExif(Buffer.from('II*\0junk'))).toEqual({})
})

let desk: IncidentDesk
let folder: ReturnType<typeof temporaryFolder>
let attachments: Attachments
const MAX = { photo: 100_000, video: 200_000, pdf: 100_000 }
beforeEach(async () => {
  desk = await incidentDesk()
  folder = temporaryFolder()
  attachments = createAttachments({ directory: folder.path, store: desk.store, clock: desk.clock, maxBytes: MAX })
})
afterEach(async () => {
  await attachments.close()
  await desk.close()
  folder.remove()
})
const must = <T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}
const announce = (id: string, bytes: Buffer, more: { kind?: 'photo' | 'video' | 'pdf'; sha256?: string; name?: string } = {}) =>
  attachments.begin({ id, incident: 'incident-1', name: '사진.jpg', kind: 'photo', bytes: bytes.length, ...more }, JUNG)
async function sent(id: string, bytes: Buffer, kind: 'photo' | 'video' | 'pdf' = 'photo') {
  must(await announce(id, bytes, { kind }))
  for (let at = 0; at < bytes.length; at += 100) must(await attachments.append(id, at, bytes.subarray(at, at + 100), JUNG))
  return attachments.finish(id, jpeg(), JUNG)
}

test('a photo is kept whole for evidence and shared without its place; the turn of the camera stays', async () => {
  const original = jpeg({ exif: exifBlock(), comment: 'GALAXY S99', behind: mp4() })
  const photo = must(await sent('photo-000001', original))
  expect(photo).toMatchObject({
    type: 'image/jpeg',
    hasThumbnail: true,
    taken: { lat: expect.closeTo(35.077, 5), lon: expect.closeTo(128.998, 5) },
  })
  expect(readFileSync(attachments.path(photo, 'original')).equals(original)).toBe(true)
  const shared = readFileSync(attachments.path(photo, 'shared'))
  expect(readExif(jpegExif(shared) ?? Buffer.alloc(0))).toEqual({ orientation: 6 })
  expect(judged(shared)).toBe('image/jpeg')
  expect(shared.includes('GALAXY') || shared.includes('moov')).toBe(false)
  expect(createHash('sha256').update(original).digest('hex')).toBe(photo.sha256)
  expect(await checkAttachments(folder.path, desk.store)).toBe(`2 files of ${original.length + shared.length} bytes`)
})

test('PNG, WebP and films are shared without their marks too', async () => {
  const place = '+35.0770+128.9980/'
  const marked: readonly (readonly [string, Buffer, 'photo' | 'video'])[] = [
    [
      'png-00000001',
      png([
        ['tEXt', Buffer.from('Author\0kim')],
        ['eXIf', exifBlock()],
      ]),
      'photo',
    ],
    [
      'webp-0000001',
      webp([
        ['EXIF', exifBlock()],
        ['XMP ', Buffer.from('<x:xmpmeta/>')],
      ]),
      'photo',
    ],
    ['film-0000001', mp4({ place }), 'video'],
  ]
  for (const [id, bytes, kind] of marked) {
    const one = must(await sent(id, bytes, kind))
    const shared = readFileSync(attachments.path(one, 'shared'))
    for (const mark of ['Author', 'xmpmeta', place, '2026:11:24']) expect(shared.includes(mark)).toBe(false)
    expect(judged(shared)).toBe(one.type)
    expect(readFileSync(attachments.path(one, 'original')).equals(bytes)).toBe(true)
  }
})

test('a 2 GB ‘photo’ is refused before a byte comes, and one that grows beyond its word too', async () => {
  expect(await attachments.begin({ id: 'huge-000001', incident: 'i-1', name: 'a.jpg', kind: 'photo', bytes: 2 ** 31 }, JUNG)).toEqual({
    ok: false,
    reason: 'attachment-large',
  })
  const bytes = jpeg()
  must(await announce('grows-000001', bytes))
  expect(await attachments.append('grows-000001', 0, Buffer.concat([bytes, bytes]), JUNG)).toEqual({
    ok: false,
    reason: 'attachment-large',
  })
})

test('what says it is a film and is a large photo is held to the size of photos', async () => {
  const large = jpeg({ comment: 'x'.repeat(60_000), behind: Buffer.alloc(60_000, 1) })
  expect(await sent('large-000001', large, 'video')).toEqual({ ok: false, reason: 'attachment-large' })
  expect(attachments.get('large-000001')).toBeUndefined()
})

test('pieces sent again, out of order or after a restart make the same file; finishing again is the same attachment', async () => {
  const bytes = jpeg({ exif: exifBlock() })
  must(await announce('resume-00001', bytes))
  must(await attachments.append('resume-00001', 0, bytes.subarray(0, 50), JUNG))
  expect(must(await attachments.append('resume-00001', 0, bytes.subarray(0, 50), JUNG))).toBe(50)
  expect(await attachments.append('resume-00001', 80, bytes.subarray(80), JUNG)).toEqual({ ok: false, reason: 'attachment-offset' })
  expect(await attachments.finish('resume-00001', undefined, JUNG)).toEqual({ ok: false, reason: 'attachment-offset' })
  attachments = createAttachments({ directory: folder.path, store: desk.store, clock: desk.clock, maxBytes: MAX })
  expect(must(await announce('resume-00001', bytes))).toBe(50)
  must(await attachments.append('resume-00001', 30, bytes.subarray(30), JUNG))
  const one = must(await attachments.finish('resume-00001', undefined, JUNG))
  expect(must(await attachments.finish('resume-00001', undefined, JUNG))).toEqual(one)
  expect(must(await announce('resume-00001', bytes))).toBe(bytes.length)
  expect(attachments.areAttached(['resume-00001'], 'incident-1')).toBe(true)
  expect(attachments.areAttached(['resume-00001'], 'incident-2')).toBe(false)
})

test('another’s upload cannot be gone on with, and a file that is not what was captured is refused', async () => {
  const bytes = jpeg()
  must(await announce('mine-0000001', bytes, { sha256: '0'.repeat(64) }))
  expect(await attachments.append('mine-0000001', 0, bytes, KIM)).toEqual({ ok: false, reason: 'id-taken' })
  must(await attachments.append('mine-0000001', 0, bytes, JUNG))
  expect(await attachments.finish('mine-0000001', undefined, JUNG)).toEqual({ ok: false, reason: 'attachment-hash' })
})

test('names are words only: nothing of a path stays', async () => {
  must(await announce('name-0000001', jpeg(), { name: '../../etc/\u0000passwd\u202Egpj.exe' }))
  must(await attachments.append('name-0000001', 0, jpeg(), JUNG))
  expect(must(await attachments.finish('name-0000001', Buffer.from('<script>'), JUNG))).toMatchObject({
    name: '.._.._etc_passwdgpj.exe',
    hasThumbnail: false,
  })
})

test('the check names a file that is missing or changed; files nobody needs go after a day', async () => {
  const one = must(await sent('check-000001', jpeg()))
  const path = attachments.path(one, 'original')
  const stray = pathOf(folder.path, 'ab'.repeat(32))
  mkdirSync(dirname(stray), { recursive: true })
  writeFileSync(stray, 'x')
  expect(await checkAttachments(folder.path, desk.store)).toMatch(/, 1 nobody needs$/)
  utimesSync(stray, NIGHT / 1000 - 90_000, NIGHT / 1000 - 90_000)
  expect(await attachments.tidy()).toBe(1)
  expect(existsSync(stray)).toBe(false)
  writeFileSync(path, Buffer.alloc(one.bytes))
  await expect(checkAttachments(folder.path, desk.store)).rejects.toThrow(/another hash/)
  rmSync(path)
  await expect(checkAttachments(folder.path, desk.store)).rejects.toThrow(/missing/)
})

test('an upload for a report that never came is gone after a month', async () => {
  must(await sent('left-0000001', jpeg()))
  must(await announce('half-0000001', jpeg()))
  must(await attachments.append('half-0000001', 0, jpeg().subarray(0, 9), JUNG))
  desk.hand.nowMs += 32 * 86_400_000
  expect(await attachments.tidy()).toBeGreaterThanOrEqual(2)
  expect(attachments.get('left-0000001')).toBeUndefined()
  expect(existsSync(join(folder.path, 'incoming', 'half-0000001.part'))).toBe(false)
})
