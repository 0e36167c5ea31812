// A board as a PNG: what stands on the screen, painted once more on a canvas, part by part, with title, period and mark of demo data. The page is read as the browser has laid it out
// (places, colours, fonts of each box, letter and shape), so nothing is drawn twice and no font has to be carried along (decision 0121).
import type { App } from '../app.ts'
import { dateTimeKst } from '../i18n/format.ts'
import { periodWords } from './figures.ts'
import type { BoardView } from './model.ts'
import { paint } from './paint.ts'
import { fileName, saveFile } from './save.ts'
import { contextOf } from './use-statistics.ts'
import { atOf } from './view.ts'

const HEAD = 58
const MARGIN = 14
/** Sharp on paper too; no larger than browsers draw. */
const RATIO = 2
const MAX_PIXELS = 16_000

export async function savePicture(app: App, board: BoardView): Promise<void> {
  const grid = document.querySelector<HTMLElement>('.stat-grid')
  const answers = app.statistics.answers.get().answers
  if (!grid || !answers) return
  await document.fonts.ready
  const { word, language, view, siteWord } = contextOf(app)
  const box = grid.getBoundingClientRect()
  const ratio = Math.min(RATIO, MAX_PIXELS / Math.max(grid.scrollWidth, grid.scrollHeight + HEAD))
  const [width, height] = [box.width + 2 * MARGIN, grid.scrollHeight + HEAD + 2 * MARGIN]
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * ratio)
  canvas.height = Math.ceil(height * ratio)
  const c = canvas.getContext('2d')
  if (!c) return
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const font = getComputedStyle(document.body).fontFamily
  c.scale(ratio, ratio)
  c.fillStyle = token('room')
  c.fillRect(0, 0, width, height)
  c.fillStyle = token('text')
  c.font = `700 18px ${font}`
  c.fillText(`${app.say('page.statistics')} · ${word(board)}`, MARGIN, MARGIN + 18)
  c.fillStyle = token('text-2')
  c.font = `500 13px ${font}`
  const site = view.organisation === undefined ? app.say('statistics.all-sites') : siteWord(view.organisation)
  c.fillText(
    `${periodWords(answers.period, answers.period.unit, language)} KST · ${site} · ${app.say('statistics.counted', { at: dateTimeKst(answers.countedAtMs) })}`,
    MARGIN,
    MARGIN + 40,
  )
  c.translate(MARGIN - box.left, HEAD + MARGIN - box.top)
  paint(c, grid)
  c.resetTransform()
  if (app.status.get()?.isDemo) watermark(c, canvas, app.say('header.demo'), token('caution'), font)
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
  if (blob) saveFile(blob, fileName(app, `${app.say('page.statistics')} ${word(board)}`, atOf(answers.period.fromMs, 'day'), 'png'))
}

function watermark(c: CanvasRenderingContext2D, { width, height }: HTMLCanvasElement, words: string, colour: string, font: string): void {
  c.translate(width / 2, height / 2)
  c.rotate(-0.25)
  c.textAlign = 'center'
  c.globalAlpha = 0.24
  c.fillStyle = colour
  c.font = `800 ${Math.round(width / 14)}px ${font}`
  c.fillText(words, 0, 0)
}
