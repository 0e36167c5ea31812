// A report as a file, for whoever reads a folder without a product: sealed as it was sealed, else the paper as it stands.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result, refused } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { PaperKind, PaperLanguage } from './model.ts'
import { periodOf } from './period.ts'
import type { FileForm, Press } from './press.ts'
import type { BoxPlan } from './report.ts'
import { composedPaper, idOf } from './reports.ts'
import { reportFolder, sha256 } from './seal.ts'
import type { RoomSources } from './sources.ts'
import { reportById, withOwn } from './store.ts'

export interface ReadReport {
  readonly store: Pick<Store, 'read'>
  readonly data: string
  readonly sources: RoomSources
  readonly kind: PaperKind
  readonly day: string
  readonly toMs: number
  readonly language: PaperLanguage
  readonly boxes: readonly BoxPlan[]
  readonly phone: string
  readonly press: Press
  readonly form: FileForm
}

/** Refuses with a sentence: a sealed file that is not what was sealed, a PDF that cannot be set. */
export async function readReport({
  store,
  data,
  sources,
  kind,
  day,
  toMs,
  language,
  boxes,
  phone,
  press,
  form,
}: ReadReport): Promise<Result<Buffer, string>> {
  const report = reportById(store, idOf(kind, day))
  const name = language === 'ko' ? `report.${form}` : `report.en.${form}`
  const hash = report?.seal?.sha256[name]
  if (report && hash !== undefined) {
    const file = join(reportFolder(data, report.id), name)
    const bytes = existsSync(file) ? readFileSync(file) : undefined
    if (bytes && sha256(bytes) === hash) return ok(bytes)
    return refused(`${file} ${bytes ? 'is not what was approved (its SHA-256 differs)' : 'is missing'}; take it from a backup`)
  }
  const { paper } = await composedPaper({ store, sources: withOwn(sources, store), boxes, phone }, periodOf(kind, toMs), report, language)
  const printed = await press.print(await press.fit(paper), form)
  return printed.ok ? printed : refused(`the PDF could not be set (${printed.reason}); --out with .html prints from any browser`)
}
