// Each form is read back by another program: PDF by pdf.js, DOCX by mammoth, HWPX by rhwp; and what no reader checks (ids of HWPX, times in the files) by hand.
import { writeFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import mammoth from 'mammoth'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machineClock } from '#platform/clock/index.ts'
import { readHangul } from '#testkit/hangul.ts'
import { temporaryFolder } from '#testkit/product.ts'
import { AS_OF, reportDesk } from '#testkit/report-desk.ts'
import { composed } from '../compose.ts'
import { draftPaper } from '../draft.ts'
import { linesOf, type Paper } from '../model.ts'
import { periodOf } from '../period.ts'
import { createPress, type FileForm, FORMS } from '../press.ts'
import { createTypesetter } from './pdf.ts'

const press = createPress(machineClock)
let paper: Paper
beforeAll(async () => {
  const desk = await reportDesk()
  await desk.night()
  const draft = await draftPaper(desk.sources, periodOf('daily', AS_OF), { language: 'ko', boxes: ['담당', '국장'], phone: '044-000-0000' })
  await desk.close()
  paper = await press.fit(composed(draft, undefined, { auditHead: 'ab'.repeat(32) }).paper)
})
afterAll(() => press.close())

async function print(form: FileForm, of = paper): Promise<Buffer> {
  const printed = await press.print(of, form)
  if (!printed.ok) throw new Error(printed.reason)
  return printed.value
}
/** Without spaces: readers put them where they like. */
const bare = (text: string): string => text.replace(/\s+/g, '')
/** Everything a reader of the paper must find. */
const wordsOf = (of: Paper): readonly string[] => [
  of.title,
  of.asOf,
  of.room,
  ...of.sections.filter(one => one.id !== 'annex').flatMap(one => [one.title, ...linesOf(one.blocks).map(line => line.text)]),
  ...of.sections.flatMap(one =>
    one.blocks.flatMap(block => (block.kind === 'table' ? block.rows.flatMap(row => row.cells.map(cell => cell.text)) : [])),
  ),
]
const missing = (text: string): readonly string[] => wordsOf(paper).filter(words => !bare(text).includes(bare(words)))

async function pdfText(
  bytes: Buffer,
): Promise<{ readonly text: string; readonly pages: number; readonly info: Readonly<Record<string, unknown>> }> {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: true, verbosity: 0 }).promise
  const parts: string[] = []
  for (let n = 1; n <= document.numPages; n++) {
    const { items } = await (await document.getPage(n)).getTextContent()
    parts.push(items.map(item => ('str' in item ? item.str : '')).join(''))
  }
  const { info } = await document.getMetadata()
  return { text: parts.join('\n'), pages: document.numPages, info: Object(info) }
}

test('the PDF holds every word as text, two pages and an annex, embedded fonts and the as-of time', async () => {
  const bytes = await print('pdf')
  const { text, pages, info } = await pdfText(bytes)
  expect(missing(text)).toEqual([])
  expect(pages).toBe(3)
  expect(info.Title).toBe('관세국경 일일상황')
  expect(String(info.CreationDate)).toMatch(/^D:20261123220000|^D:20261124070000/)
  const raw = bytes.toString('latin1')
  expect(raw).toContain('NanumMyeongjo')
  expect(raw).toContain('Pretendard')
  expect(raw).not.toContain('/Type3')
})

test('Hangul words are never broken in the middle at the end of a line', async () => {
  const long = '정차하던차량에서상자를옮기던사람을확인하여'
  const line = { id: 'x', text: `${long} ${long} ${long} ${long}`, details: [] }
  const of = {
    ...paper,
    sections: [
      { id: 'events' as const, title: '주요 동향', state: 'hand' as const, blocks: [{ kind: 'lines' as const, id: 'l', lines: [line] }] },
    ],
  }
  const document = await getDocument({ data: new Uint8Array(await print('pdf', of)), useSystemFonts: true, verbosity: 0 }).promise
  const { items } = await (await document.getPage(1)).getTextContent()
  const byLine = new Map<number, string>()
  for (const item of items)
    if ('str' in item) byLine.set(Math.round(item.transform[5]), (byLine.get(Math.round(item.transform[5])) ?? '') + item.str)
  const lines = [...byLine.values()].filter(text => text.includes('정차'))
  expect(lines.length).toBeGreaterThan(1)
  for (const text of lines) expect(bare(text).replaceAll(long, '').replace('-', '').replace('–', '')).toBe('')
})

test('a night that does not fit keeps its first lines on two pages and the rest in the annex', async () => {
  const lines = Array.from({ length: 40 }, (_, n) => ({
    id: `events/${n}`,
    lead: '부산세관',
    text: `제${n}호 사건`,
    details: Array.from({ length: 4 }, (_one, k) => ({
      id: `events/${n}/${k}`,
      text: `${'상자를 옮기던 사람을 확인하여 '.repeat(4)}${n}-${k}`,
      details: [],
    })),
  }))
  const long = {
    ...paper,
    sections: paper.sections.map(one =>
      one.id === 'events' ? { ...one, blocks: [{ kind: 'lines' as const, id: 'events/lines', lines }] } : one,
    ),
  }
  const fitted = await press.fit(long)
  const typesetter = createTypesetter(machineClock)
  const set = await typesetter.set(fitted)
  typesetter.close()
  expect(set.ok && set.value.mainPages).toBeLessThanOrEqual(2)
  const { text } = await pdfText(await print('pdf', fitted))
  for (let n = 0; n < 40; n++) for (let k = 0; k < 4; k++) expect(bare(text)).toContain(`확인하여${n}-${k}`)
  expect(bare(text)).toContain('붙임3')
})

test('the DOCX holds every word and real tables, read by mammoth', async () => {
  const bytes = await print('docx')
  const { value: html } = await mammoth.convertToHtml({ buffer: bytes })
  const entities = html
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/<[^>]+>/g, '')
  expect(missing(entities)).toEqual([])
  expect(html.match(/<table>/g)?.length).toBe(1 + paper.sections.flatMap(one => one.blocks).filter(block => block.kind === 'table').length)
  expect(html).toContain('<h2>')
  // Pictures as pixels: every reader shows them.
  expect(html.match(/src="data:image\/png;base64,/g)?.length).toBe(2)
})

test('another program reads the HWPX whole: every line, every cell, both pictures; what it writes of it holds the same again', async () => {
  const bytes = await print('hwpx')
  const read = await readHangul(bytes)
  expect(missing(read.text)).toEqual([])
  expect(read.pictures).toBe(2)
  expect(read.asHwp.recovered).toBe(true)
  expect(read.asHwp.pageCountAfter).toBe(read.asHwp.pageCountBefore)
  const again = await readHangul(read.again)
  expect(again.text).toBe(read.text)
  expect([again.pages, again.pictures]).toEqual([read.pages, read.pictures])
  // Cell by cell, in the file itself: no reader says which column it read.
  const section = Buffer.from(unzipSync(new Uint8Array(bytes))['Contents/section0.xml'] ?? []).toString()
  const cells = section
    .split('<hp:tc ')
    .slice(1)
    .map(cell => [...cell.slice(0, cell.indexOf('</hp:tc>')).matchAll(/<hp:t>([^<]*)<\/hp:t>/g)].map(found => found[1]).join(''))
  const wanted = paper.sections.flatMap(one =>
    one.blocks.flatMap(block =>
      block.kind === 'table'
        ? [...block.columns.map(column => column.title), ...block.rows.flatMap(row => row.cells.map(cell => cell.text))]
        : [],
    ),
  )
  expect(cells.slice(1 + 2 * paper.boxes.length).map(bare)).toEqual(wanted.map(bare))
})

test('the HWPX is put together as 한글 wants it: order, stored mimetype, namespaces of 2011, every id defined', async () => {
  const bytes = await print('hwpx')
  const files = unzipSync(new Uint8Array(bytes))
  expect(Object.keys(files)).toEqual([
    'mimetype',
    'version.xml',
    'settings.xml',
    'META-INF/container.xml',
    'META-INF/manifest.xml',
    'Contents/content.hpf',
    'Contents/header.xml',
    'Contents/section0.xml',
    'BinData/image1.png',
    'BinData/image2.png',
    'Preview/PrvText.txt',
  ])
  // Stored, first: its words stand at byte 38, where file(1) looks.
  expect(bytes.subarray(38, 57).toString()).toBe('application/hwp+zip')
  const text = (name: string): string => Buffer.from(files[name] ?? []).toString()
  const [header, section] = [text('Contents/header.xml'), text('Contents/section0.xml')]
  expect(section).toContain('http://www.hancom.co.kr/hwpml/2011/section')
  expect(section).not.toMatch(/hwpml\/20(16|24)/)
  const defined = (pattern: RegExp): ReadonlySet<string> => new Set([...header.matchAll(pattern)].map(found => found[1] ?? ''))
  const used = (name: string): readonly string[] => [
    ...new Set([...`${header}${section}`.matchAll(new RegExp(`${name}="(\\d+)"`, 'g'))].map(found => found[1] ?? '')),
  ]
  for (const [reference, ids] of [
    ['charPrIDRef', defined(/<hh:charPr id="(\d+)"/g)],
    ['paraPrIDRef', defined(/<hh:paraPr id="(\d+)"/g)],
    ['borderFillIDRef', defined(/<hh:borderFill id="(\d+)"/g)],
    ['styleIDRef', defined(/<hh:style id="(\d+)"/g)],
    ['tabPrIDRef', defined(/<hh:tabPr id="(\d+)"/g)],
    ['outlineShapeIDRef', defined(/<hh:numbering id="(\d+)"/g)],
  ] as const)
    expect([reference, used(reference).filter(id => !ids.has(id))]).toEqual([reference, []])
  // Every picture that the body shows is in the manifest and in the package, and the other way round.
  const manifest = [...text('Contents/content.hpf').matchAll(/<opf:item id="(image\d+)" href="([^"]+)" media-type="image\/png"/g)]
  const shown = [...section.matchAll(/binaryItemIDRef="([^"]+)"/g)].map(found => found[1])
  expect(manifest.map(found => found[1])).toEqual(shown)
  expect(manifest.map(found => found[2])).toEqual(Object.keys(files).filter(name => name.startsWith('BinData/')))
  for (const name of manifest.map(found => found[2] ?? ''))
    expect(
      Buffer.from(files[name] ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  const objects = [...section.matchAll(/<hp:(?:tbl|pic) id="(\d+)"/g)].map(found => found[1])
  expect(new Set(objects).size).toBe(objects.length)
  for (const [list, item] of [
    ['charProperties', 'charPr'],
    ['paraProperties', 'paraPr'],
    ['borderFills', 'borderFill'],
  ] as const)
    expect(header).toContain(`<hh:${list} itemCnt="${header.split(`<hh:${item} `).length - 1}"`)
  // Each table has the cells it says.
  for (const table of section.split('<hp:tbl ').slice(1)) {
    const [, rows, columns] = /rowCnt="(\d+)" colCnt="(\d+)"/.exec(table) ?? []
    const inside = table.slice(0, table.indexOf('</hp:tbl>'))
    expect(inside.split('<hp:tr>').length - 1).toBe(Number(rows))
    expect(Math.max(...[...inside.matchAll(/colAddr="(\d+)"/g)].map(found => Number(found[1])))).toBe(Number(columns) - 1)
  }
  for (const name of Object.keys(files)) if (/\.(xml|hpf)$/.test(name)) expect([name, unbalanced(text(name))]).toEqual([name, ''])
})

/** What is wrong with the nesting of the elements; empty: nothing. */
function unbalanced(xml: string): string {
  const open: string[] = []
  for (const [whole, close, name, self] of xml.replace(/<\?[^?]*\?>/g, '').matchAll(/<(\/?)([\w:]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (self === '/') continue
    if (close === '') open.push(name ?? '')
    else if (open.pop() !== name) return whole
  }
  return open.join(' ')
}

test('markup, formulas and control letters in texts come through as text in every form', async () => {
  const nasty = '<script>alert(1)</script> & "따옴표" #{let} $수식$ =1+1 \u0007'
  const line = { id: 'x', text: nasty, details: [] }
  const of: Paper = {
    ...paper,
    sections: [{ id: 'events', title: '주요 동향', state: 'hand', blocks: [{ kind: 'lines', id: 'l', lines: [line] }] }],
  }
  const seen = bare(nasty.replace('\u0007', ''))
  expect(bare((await pdfText(await print('pdf', of))).text)).toContain(seen)
  expect((await print('html', of)).toString()).not.toContain('<script>')
  expect(bare((await readHangul(await print('hwpx', of))).text)).toContain(seen)
  const { value } = await mammoth.extractRawText({ buffer: await print('docx', of) })
  expect(bare(value.replace('\u0007', ''))).toContain(seen)
})

test.each(FORMS)(
  'two %s files of one paper are the same bytes, and hold no time but the as-of time',
  async form => {
    const [one, two] = [await print(form), await print(form)]
    expect(one.equals(two)).toBe(true)
    if (form === 'docx' || form === 'hwpx') {
      const stamps = Object.entries(unzipSync(new Uint8Array(one))).flatMap(([name, bytes]) =>
        [
          ...Buffer.from(bytes)
            .toString()
            .matchAll(/20\d\d-\d\d-\d\dT[\d:]+Z/g),
        ].map(found => `${name} ${found[0]}`),
      )
      expect(stamps.length).toBeGreaterThan(0)
      expect(stamps.filter(stamp => !stamp.endsWith('2026-11-23T22:00:00Z'))).toEqual([])
    }
  },
  60_000,
)

test('a typesetter that hangs is ended after its time and one more try; a missing one is refused with the reason', async () => {
  const { path: folder, remove } = temporaryFolder()
  writeFileSync(`${folder}/hang.mjs`, 'setInterval(() => {}, 1000); process.on("disconnect", () => process.exit())')
  writeFileSync(`${folder}/gone.mjs`, 'process.on("message", ({ id }) => process.send({ id, refused: "Cannot find module typst" }))')
  const hanging = createTypesetter(machineClock, { child: `${folder}/hang.mjs`, limitMs: 300 })
  expect(await hanging.set(paper)).toEqual({ ok: false, reason: 'the typesetting process took longer than 0.3 s' })
  hanging.close()
  const gone = createTypesetter(machineClock, { child: `${folder}/gone.mjs` })
  expect(await gone.set(paper)).toEqual({ ok: false, reason: 'Cannot find module typst' })
  expect(await gone.draw('<svg/>', 10)).toEqual({ ok: false, reason: 'Cannot find module typst' })
  gone.close()
  remove()
})
