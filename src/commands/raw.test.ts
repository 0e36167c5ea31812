import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Clock, epochMs } from '#base/index.ts'
import { openLedger } from '#evidence/index.ts'
import { temporaryFolder } from '../testkit/product.ts'
import { receivedLines, type WantedLines } from './raw.ts'

const NOW = 1_800_000_000_000
const still: Clock = { now: () => epochMs(NOW), every: () => () => {}, after: () => () => {} }
const folders: { readonly path: string; remove(): void }[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

const A = '!AIVDM,1,1,,A,15MwkRUOidG?GElEa<iQk1JV06Jd,0*6D'
const B = '!AIVDM,1,1,,B,13F?Vv700<DJuLEtvep`iToV0<00,0*78'
const TAGGED = `\\g:1-2-1604,s:rORBCOMM008,c:1418169601,T:2014-12-10 00.00.01*37\\${A}`

/** What `raw` prints of a ledger that received these pieces: feed, seconds after NOW, bytes. */
async function raw(pieces: readonly (readonly [string, number, string | Buffer])[], wanted: Partial<WantedLines> = {}): Promise<string[]> {
  const folder = temporaryFolder()
  folders.push(folder)
  const directory = join(folder.path, 'ledger')
  const ledger = await openLedger({ directory, clock: still })
  for (const [feed, second, bytes] of pieces)
    ledger.append(ledger.feed(feed), typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, NOW + second * 1000)
  ledger.control({ control: 'areas', areas: [] }, NOW)
  await ledger.close()
  const lines: string[] = []
  receivedLines(directory, { fromMs: undefined, toMs: undefined, feed: undefined, ...wanted }, line => lines.push(line))
  return lines
}

/** XOR of the characters between backslash and star, worked out here and not by the product. */
const sum = (text: string): string =>
  [...text]
    .reduce((so, letter) => so ^ letter.charCodeAt(0), 0)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0')
const block = (fields: string): string => `\\${fields}*${sum(fields)}\\`

test('each line carries its feed and the time of receipt, in seconds or, where that is not whole, milliseconds', async () => {
  expect(
    await raw([
      ['busan', 0, `${A}\r\n`],
      ['incheon', 1.25, `${B}\n`],
    ]),
  ).toEqual([`${block('s:busan,c:1800000000')}${A}`, `${block('s:incheon,c:1800000001250')}${B}`])
})

test('lines cut across pieces are joined, feed by feed, and have the time of their last piece', async () => {
  expect(
    await raw([
      ['busan', 0, A.slice(0, 20)],
      ['incheon', 1, B.slice(0, 5)],
      ['busan', 2, `${A.slice(20)}\r`],
      ['incheon', 3, `${B.slice(5)}\n`],
      ['busan', 4, `\n${B}\r\n`],
    ]),
  ).toEqual([`${block('s:incheon,c:1800000003')}${B}`, `${block('s:busan,c:1800000004')}${A}`, `${block('s:busan,c:1800000004')}${B}`])
})

test('a TAG block that came with the line stays as it was, byte for byte, behind ours', async () => {
  expect(await raw([['busan', 0, `${TAGGED}\r\n`]])).toEqual([`${block('s:busan,c:1800000000')}${TAGGED}`])
})

test('garbage bytes come out as they came in', async () => {
  const bytes = Buffer.from([...Array(256).keys()].filter(byte => byte !== 10 && byte !== 13))
  const [line = ''] = await raw([['busan', 0, Buffer.concat([bytes, Buffer.from('\n')])]])
  expect(Buffer.from(line.slice(block('s:busan,c:1800000000').length), 'latin1').equals(bytes)).toBe(true)
})

test('a range of time gives whole lines only: what began before it is joined, what goes on after it is left to the next range', async () => {
  const pieces: [string, number, string][] = [
    ['busan', 0, `${B}\r\n${A.slice(0, 20)}`],
    ['busan', 10, `${A.slice(20)}\r\n${B.slice(0, 9)}`],
    ['busan', 20, `${B.slice(9)}\r\n`],
  ]
  const between = (from: number, to: number) => raw(pieces, { fromMs: NOW + from * 1000, toMs: NOW + to * 1000 })
  expect(await between(0, 5)).toEqual([`${block('s:busan,c:1800000000')}${B}`])
  expect(await between(5, 15)).toEqual([`${block('s:busan,c:1800000010')}${A}`])
  expect(await between(15, 25)).toEqual([`${block('s:busan,c:1800000020')}${B}`])
})

test('the last line of a file without a line end is not lost', async () => {
  expect(await raw([['log', 0, `${A}\n${B}`]])).toHaveLength(2)
})

test('one feed alone is given by its name', async () => {
  const pieces: [string, number, string][] = [
    ['busan', 0, `${A}\n`],
    ['incheon', 0, `${B}\n`],
  ]
  expect(await raw(pieces, { feed: 'incheon' })).toEqual([`${block('s:incheon,c:1800000000')}${B}`])
  expect(await raw(pieces, { feed: 'ulsan' })).toEqual([])
})

test('a Korean name of a feed comes out in UTF-8, with the checksum over its bytes', async () => {
  const fields = Buffer.from('s:부산,c:1800000000').toString('latin1')
  expect(await raw([['부산', 0, `${A}\n`]], { feed: '부산' })).toEqual([`${block(fields)}${A}`])
})
