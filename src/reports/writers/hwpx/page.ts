// The page itself: its size and margins, notes, columns, and what stands at its foot.
import type { Paper } from '../../model.ts'
import { MM, PAGE, type Pen, paragraph, run, SIDE, subList, WIDTH } from './flow.ts'
import type { CharLook } from './looks.ts'
import { tag } from './xml.ts'

export function footer(pen: Pen, paper: Paper): string {
  const tiny: CharLook = { height: 700, font: 'sans', colour: '#595959' }
  const number = tag(
    'hp:ctrl',
    {},
    tag(
      'hp:autoNum',
      { num: 1, numType: 'PAGE' },
      tag('hp:autoNumFormat', { type: 'DIGIT', userChar: '', prefixChar: '', suffixChar: '', supscript: 0 }),
    ),
  )
  return tag(
    'hp:ctrl',
    {},
    tag(
      'hp:footer',
      { id: 1, applyPageType: 'BOTH' },
      subList(
        { align: 'TOP', width: WIDTH, height: 4252 },
        ...[...paper.foot, ...(paper.warning ? [paper.warning] : [])].map(text =>
          paragraph(pen, { align: 'LEFT', lineSpacing: 115 }, run(pen, tiny, text)),
        ),
        paragraph(pen, { align: 'RIGHT', lineSpacing: 115 }, tag('hp:run', { charPrIDRef: pen.looks.char(tiny) }, number, tag('hp:t'))),
      ),
    ),
  )
}

export const columns = (): string =>
  tag('hp:ctrl', {}, tag('hp:colPr', { id: '', type: 'NEWSPAPER', layout: 'LEFT', colCount: 1, sameSz: 1, sameGap: 0 }))

export function sectionProperties(): string {
  const note = (name: string, between: number): string =>
    tag(
      `hp:${name}`,
      {},
      tag('hp:autoNumFormat', { type: 'DIGIT', userChar: '', prefixChar: '', suffixChar: ')', supscript: 0 }),
      tag('hp:noteLine', { length: -1, type: 'SOLID', width: '0.12 mm', color: '#000000' }),
      tag('hp:noteSpacing', { betweenNotes: between, belowLine: 567, aboveLine: 850 }),
      tag('hp:numbering', { type: 'CONTINUOUS', newNum: 1 }),
      tag('hp:placement', { place: name === 'footNotePr' ? 'EACH_COLUMN' : 'END_OF_DOCUMENT', beneathText: 0 }),
    )
  return tag(
    'hp:secPr',
    {
      id: '',
      textDirection: 'HORIZONTAL',
      spaceColumns: 1134,
      tabStop: 8000,
      tabStopVal: 4000,
      tabStopUnit: 'HWPUNIT',
      outlineShapeIDRef: 1,
      memoShapeIDRef: 0,
      textVerticalWidthHead: 0,
      masterPageCnt: 0,
    },
    tag('hp:grid', { lineGrid: 0, charGrid: 0, wonggojiFormat: 0 }),
    tag('hp:startNum', { pageStartsOn: 'BOTH', page: 0, pic: 0, tbl: 0, equation: 0 }),
    tag('hp:visibility', {
      hideFirstHeader: 0,
      hideFirstFooter: 0,
      hideFirstMasterPage: 0,
      border: 'SHOW_ALL',
      fill: 'SHOW_ALL',
      hideFirstPageNum: 0,
      hideFirstEmptyLine: 0,
      showLineNumber: 0,
    }),
    tag('hp:lineNumberShape', { restartType: 0, countBy: 0, distance: 0, startNumber: 0 }),
    tag(
      'hp:pagePr',
      { landscape: 'WIDELY', width: PAGE.width, height: PAGE.height, gutterType: 'LEFT_ONLY' },
      tag('hp:margin', {
        header: 0,
        footer: Math.round(10 * MM),
        gutter: 0,
        left: SIDE,
        right: SIDE,
        top: Math.round(14 * MM),
        bottom: Math.round(9 * MM),
      }),
    ),
    note('footNotePr', 283),
    note('endNotePr', 0),
    ...(['BOTH', 'EVEN', 'ODD'] as const).map(type =>
      tag(
        'hp:pageBorderFill',
        { type, borderFillIDRef: 1, textBorder: 'PAPER', headerInside: 0, footerInside: 0, fillArea: 'PAPER' },
        tag('hp:offset', { left: 1417, right: 1417, top: 1417, bottom: 1417 }),
      ),
    ),
  )
}
