// Looks of letters, paragraphs and borders, collected while the body is written: each different one gets an id, and header.xml defines exactly the ids that are used.
import { tag } from './xml.ts'

export interface CharLook {
  /** Hundredths of a point. */
  readonly height: number
  readonly font: 'serif' | 'sans'
  readonly bold?: true
  readonly colour?: string
}
export interface ParaLook {
  readonly align: 'LEFT' | 'CENTER' | 'RIGHT'
  /** HWPUNIT: 7200 an inch. */
  readonly left?: number
  /** First line against the others: negative hangs out. */
  readonly intent?: number
  readonly above?: number
  readonly below?: number
  readonly keepWithNext?: true
  readonly pageBreakBefore?: true
  /** Percent. */
  readonly lineSpacing?: number
}
export interface BorderLook {
  readonly left?: Edge
  readonly right?: Edge
  readonly top?: Edge
  readonly bottom?: Edge
  readonly fill?: string
}
interface Edge {
  readonly width: '0.12 mm' | '0.4 mm' | '0.5 mm'
  readonly colour: string
}

export interface Looks {
  char(look: CharLook): number
  para(look: ParaLook): number
  border(look: BorderLook): number
  /** header.xml's lists of all that were asked for. */
  charXml(): string
  paraXml(): string
  borderXml(): string
}

const PLAIN_CHAR: CharLook = { height: 1050, font: 'serif' }
const PLAIN_PARA: ParaLook = { align: 'LEFT' }
const SCRIPTS = ['hangul', 'latin', 'hanja', 'japanese', 'other', 'symbol', 'user'] as const
const each = (value: number): Readonly<Record<string, number>> => Object.fromEntries(SCRIPTS.map(script => [script, value]))

export function createLooks(): Looks {
  const chars: CharLook[] = [PLAIN_CHAR]
  const paras: ParaLook[] = [PLAIN_PARA]
  /** Border ids begin at 1. */
  const borders: BorderLook[] = [{}]
  const idOf = <T>(list: T[], look: T): number => {
    const words = JSON.stringify(look)
    const found = list.findIndex(one => JSON.stringify(one) === words)
    return found >= 0 ? found : list.push(look) - 1
  }
  return {
    char: look => idOf(chars, look),
    para: look => idOf(paras, look),
    border: look => idOf(borders, look) + 1,
    charXml: () => tag('hh:charProperties', { itemCnt: chars.length }, ...chars.map(charXml)),
    paraXml: () => tag('hh:paraProperties', { itemCnt: paras.length }, ...paras.map(paraXml)),
    borderXml: () => tag('hh:borderFills', { itemCnt: borders.length }, ...borders.map(borderXml)),
  }
}

function charXml({ height, font, bold, colour }: CharLook, id: number): string {
  return tag(
    'hh:charPr',
    { id, height, textColor: colour ?? '#000000', shadeColor: 'none', useFontSpace: 0, useKerning: 0, symMark: 'NONE', borderFillIDRef: 1 },
    tag('hh:fontRef', each(font === 'serif' ? 0 : 1)),
    tag('hh:ratio', each(100)),
    tag('hh:spacing', each(0)),
    tag('hh:relSz', each(100)),
    tag('hh:offset', each(0)),
    ...(bold ? [tag('hh:bold')] : []),
    tag('hh:underline', { type: 'NONE', shape: 'SOLID', color: '#000000' }),
    tag('hh:strikeout', { shape: 'NONE', color: '#000000' }),
    tag('hh:outline', { type: 'NONE' }),
    tag('hh:shadow', { type: 'NONE', color: '#B2B2B2', offsetX: 10, offsetY: 10 }),
  )
}

function paraXml(
  { align, left = 0, intent = 0, above = 0, below = 0, keepWithNext, pageBreakBefore, lineSpacing = 145 }: ParaLook,
  id: number,
): string {
  const unit = 'HWPUNIT'
  return tag(
    'hh:paraPr',
    { id, tabPrIDRef: 0, condense: 0, fontLineHeight: 0, snapToGrid: 1, suppressLineNumbers: 0, checked: 0 },
    tag('hh:align', { horizontal: align, vertical: 'BASELINE' }),
    tag('hh:heading', { type: 'NONE', idRef: 0, level: 0 }),
    tag('hh:breakSetting', {
      breakLatinWord: 'KEEP_WORD',
      breakNonLatinWord: 'KEEP_WORD',
      widowOrphan: 0,
      keepWithNext: keepWithNext ? 1 : 0,
      keepLines: 0,
      pageBreakBefore: pageBreakBefore ? 1 : 0,
      lineWrap: 'BREAK',
    }),
    tag('hh:autoSpacing', { eAsianEng: 0, eAsianNum: 0 }),
    tag(
      'hh:margin',
      {},
      tag('hc:intent', { value: intent, unit }),
      tag('hc:left', { value: left, unit }),
      tag('hc:right', { value: 0, unit }),
      tag('hc:prev', { value: above, unit }),
      tag('hc:next', { value: below, unit }),
    ),
    tag('hh:lineSpacing', { type: 'PERCENT', value: lineSpacing, unit }),
    tag('hh:border', { borderFillIDRef: 1, offsetLeft: 0, offsetRight: 0, offsetTop: 0, offsetBottom: 0, connect: 0, ignoreMargin: 0 }),
  )
}

function borderXml({ left, right, top, bottom, fill }: BorderLook, at: number): string {
  const edge = (name: string, one: Edge | undefined): string =>
    tag(`hh:${name}Border`, { type: one ? 'SOLID' : 'NONE', width: one?.width ?? '0.1 mm', color: one?.colour ?? '#000000' })
  return tag(
    'hh:borderFill',
    { id: at + 1, threeD: 0, shadow: 0, centerLine: 'NONE', breakCellSeparateLine: 0 },
    tag('hh:slash', { type: 'NONE', Crooked: 0, isCounter: 0 }),
    tag('hh:backSlash', { type: 'NONE', Crooked: 0, isCounter: 0 }),
    edge('left', left),
    edge('right', right),
    edge('top', top),
    edge('bottom', bottom),
    tag('hh:diagonal', { type: 'SOLID', width: '0.1 mm', color: '#000000' }),
    ...(fill ? [tag('hc:fillBrush', {}, tag('hc:winBrush', { faceColor: fill, hatchColor: '#999999', alpha: 0 }))] : []),
  )
}
