// The press: a paper in, a file out. PDF needs the typesetter's process; the other forms are plain functions.
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import { fitted } from './fit.ts'
import type { Paper } from './model.ts'
import { htmlOf } from './writers/html.ts'
import { hwpxOf } from './writers/hwpx/hwpx.ts'
import { createTypesetter } from './writers/pdf.ts'

export const FORMS = ['pdf', 'docx', 'hwpx', 'html'] as const
export type FileForm = (typeof FORMS)[number]

/** PNG by the id of its block. */
export type Pictures = ReadonlyMap<string, Buffer>

export interface Press {
  /** The paper with what does not fit on two pages (the English edition: one) in its annex. */
  fit(paper: Paper): Promise<Paper>
  /** A fitted paper as a file. Refuses with a sentence where the PDF cannot be set. */
  print(paper: Paper, form: FileForm): Promise<Result<Buffer, string>>
  /** Somebody will want this paper soon: fonts are read and pictures drawn by then. */
  warm(paper: Paper): void
  /** Pictures of the printed pages, one below the other (SVG), and how many there are. */
  pages(paper: Paper): Promise<Result<{ readonly svg: string; readonly count: number }, string>>
  close(): void
}

/** Pixels across a picture of the paper's width: 200 dots an inch. */
const PICTURE_PX = 1400
const KEPT_PICTURES = 8

export function createPress(clock: Pick<Clock, 'after'>): Press {
  const typesetter = createTypesetter(clock)
  /** Both forms that offices edit want them, and the sealing of a report what its draft has drawn already. */
  const drawn = new Map<string, Promise<Result<Buffer, string>>>()
  const draw = (svg: string): Promise<Result<Buffer, string>> => {
    const picture = drawn.get(svg) ?? typesetter.draw(svg, PICTURE_PX)
    drawn.delete(svg)
    drawn.set(svg, picture)
    for (const old of [...drawn.keys()].slice(0, -KEPT_PICTURES)) drawn.delete(old)
    return picture
  }
  const picturesOf = async (paper: Paper): Promise<Pictures> => {
    const pictures = new Map<string, Buffer>()
    for (const { blocks } of paper.sections)
      for (const block of blocks) {
        if (block.kind !== 'picture') continue
        const png = await draw(block.svg)
        // Where nothing can be drawn the forms say where the picture is; the next paper tries again.
        if (png.ok) pictures.set(block.id, png.value)
        else drawn.delete(block.svg)
      }
    return pictures
  }
  return {
    fit: paper =>
      fitted(
        paper,
        async one => {
          const set = await typesetter.set(one, 'count')
          return set.ok ? set.value.mainPages : undefined
        },
        paper.language === 'en' ? 1 : 2,
      ),
    async print(paper, form) {
      if (form === 'html') return ok(Buffer.from(htmlOf(paper)))
      if (form === 'hwpx') return ok(hwpxOf(paper, await picturesOf(paper)))
      // Loaded when first asked for: the library is large.
      if (form === 'docx') return ok(await (await import('./writers/docx.ts')).docxOf(paper, await picturesOf(paper)))
      const set = await typesetter.set(paper)
      if (!set.ok) return refused(set.reason)
      return set.value.pdf ? ok(set.value.pdf) : refused('the typesetter gave no PDF')
    },
    warm(paper) {
      void picturesOf(paper).catch(() => undefined)
    },
    async pages(paper) {
      const set = await typesetter.set(paper, 'pages')
      if (!set.ok) return refused(set.reason)
      return set.value.svg === undefined ? refused('the typesetter gave no pages') : ok({ svg: set.value.svg, count: set.value.pages })
    },
    close: typesetter.close,
  }
}
