import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { tablesXlsx } from './index.ts'

const open = async (rows: readonly (readonly (string | number | undefined)[])[]): Promise<string> => {
  const files = unzipSync(await tablesXlsx([{ title: '사건 [24]', notes: [], head: ['이름', '수'], rows }], []))
  return Object.entries(files)
    .filter(([name]) => /sheet1\.xml|sharedStrings|workbook\.xml$/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('\n')
}

test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(1)', '\t=1', '<script>alert(1)</script>'])(
  'the text %s stays a text',
  async text => {
    const xml = await open([[text, 3]])
    expect(xml).not.toMatch(/<f[ >]/)
    expect(xml).toContain(text.trim().replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').slice(0, 4))
    expect(xml).toMatch(/<v>3<\/v>/)
  },
)

test('a text longer than a cell of Excel takes is cut, and what is not known stays empty', async () => {
  const xml = await open([['가'.repeat(40_000), undefined]])
  expect(xml).toContain('가…')
  expect(xml).not.toContain('undefined')
})
