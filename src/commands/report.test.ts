// The report as a file, from a folder without a product beside it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { temporaryFolder } from '../testkit/product.ts'
import { CommandFailure } from './command.ts'
import { report } from './report.ts'

const folders: { readonly path: string; remove(): void }[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

const SETTINGS = `reports:
  boxes: [당직=report-editor, 관장=director]
  phone: 051-000-1234
`

function newFolder(settings: string): { readonly data: string; readonly config: string; readonly out: string } {
  const folder = temporaryFolder()
  folders.push(folder)
  const config = join(folder.path, 'mangru.yaml')
  writeFileSync(config, settings)
  return { data: join(folder.path, 'data'), config, out: join(folder.path, 'report.html') }
}

async function page(settings: string, isGiven: boolean): Promise<string> {
  const { data, config, out } = newFolder(settings)
  await report.run(['2026-11-24', '--out', out, '--data', data, ...(isGiven ? ['--config', config] : [])])
  return readFileSync(out, 'utf8')
}

test('boxes and telephone of the paper are those of the settings the product runs with', async () => {
  const paper = await page(SETTINGS, true)
  for (const text of ['당직', '관장', '051-000-1234']) expect(paper).toContain(text)
  expect(paper).not.toContain('감시과장')
})

test('without a settings file a new folder gives an empty paper with the boxes as shipped', async () => {
  const paper = await page(SETTINGS, false)
  expect(paper).toContain('감시과장')
  expect(paper).not.toContain('051-000-1234')
})

test('a settings file with a fault makes no paper and names the line', async () => {
  const { data, config, out } = newFolder('reports:\n  fone: 1\n')
  const made = report.run(['2026-11-24', '--out', out, '--data', data, '--config', config])
  await expect(made).rejects.toThrow(CommandFailure)
  await expect(made).rejects.toThrow(/mangru\.yaml:2:3: there is no setting "reports\.fone"; did you mean "reports\.phone"\?/)
  expect(() => readFileSync(out)).toThrow()
})
