// What runs through the whole body: sizes of the page, the pen that gives ids, letters and paragraphs, and objects that stand in a line like a letter.
import type { CharLook, Looks, ParaLook } from './looks.ts'
import { escaped, tag } from './xml.ts'

/** 7200 HWPUNIT an inch. */
export const MM = 7200 / 25.4
export const PAGE = { width: 59_528, height: 84_188 }
export const SIDE = Math.round(17 * MM)
export const WIDTH = PAGE.width - 2 * SIDE

export interface Pen {
  readonly looks: Looks
  /** Names of pictures in the package by the id of their block. */
  readonly pictures: ReadonlyMap<string, string>
  nextId(): number
}

export const run = (pen: Pen, look: CharLook, text: string): string =>
  tag('hp:run', { charPrIDRef: pen.looks.char(look) }, tag('hp:t', {}, escaped(text)))
export const paragraph = (pen: Pen, look: ParaLook, ...runs: readonly string[]): string =>
  tag('hp:p', { id: pen.nextId(), paraPrIDRef: pen.looks.para(look), styleIDRef: 0, pageBreak: 0, columnBreak: 0, merged: 0 }, ...runs)

/** Size and place of a table or picture that flows with the words. */
export const asLetter = ({ width, height }: { readonly width: number; readonly height: number }): readonly string[] => [
  tag('hp:sz', { width, widthRelTo: 'ABSOLUTE', height, heightRelTo: 'ABSOLUTE', protect: 0 }),
  tag('hp:pos', {
    treatAsChar: 1,
    affectLSpacing: 0,
    flowWithText: 1,
    allowOverlap: 0,
    holdAnchorAndSO: 0,
    vertRelTo: 'PARA',
    horzRelTo: 'COLUMN',
    vertAlign: 'TOP',
    horzAlign: 'LEFT',
    vertOffset: 0,
    horzOffset: 0,
  }),
  tag('hp:outMargin', { left: 0, right: 0, top: 0, bottom: 0 }),
]

/** A text of its own: in a cell, at the foot. */
export const subList = (
  { align, width = 0, height = 0 }: { readonly align: 'TOP' | 'CENTER'; readonly width?: number; readonly height?: number },
  ...paragraphs: readonly string[]
): string =>
  tag(
    'hp:subList',
    {
      id: '',
      textDirection: 'HORIZONTAL',
      lineWrap: 'BREAK',
      vertAlign: align,
      linkListIDRef: 0,
      linkListNextIDRef: 0,
      textWidth: width,
      textHeight: height,
      hasTextRef: 0,
      hasNumRef: 0,
    },
    ...paragraphs,
  )
