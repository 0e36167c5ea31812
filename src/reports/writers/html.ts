// The paper as one HTML page: for a desk without the typesetter (the browser prints it), for phones, for mail readers. Everything is in it: style, pictures, no script.
import type { Block, Cell, Line, Paper, Section } from '../model.ts'
import { wordsIn } from '../words.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)

const STYLE = `@page{size:A4;margin:14mm 17mm}*{box-sizing:border-box}body{margin:0 auto;max-width:210mm;padding:14mm 17mm;color:#111;background:#fff;font:10.7pt/1.5 NanumMyeongjo,"Nanum Myeongjo",Batang,serif;word-break:keep-all;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h1,h2,table,.s{font-family:Pretendard,"Malgun Gothic",sans-serif}.head{display:flex;gap:6mm;align-items:stretch}h1{flex:1;margin:0;padding:3mm;border:solid #1d3a66;border-width:3px 0;background:#edf1f9;text-align:center;font-size:21pt;font-weight:800}
.sign{border-collapse:collapse;font-size:8pt}.sign td,.sign th{border:1px solid #555;min-width:15mm;padding:.5mm 1mm;text-align:center}.sign th{background:#f3f5f9}.sign .v{width:6mm;min-width:0;writing-mode:vertical-rl}.sign b{color:#b4232b;display:block}.sign small{color:#555}.wait{color:#767676}
.sub{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 4mm;margin:2mm 0}.sub small{color:#444}.standing{color:#b4232b;font-weight:800}
h2{font-size:12.6pt;font-weight:800;margin:4mm 0 1.5mm;display:flex;gap:2mm;align-items:baseline;break-after:avoid}h2::before{content:"";width:3mm;height:3mm;border:1.4px solid #111;border-radius:.7mm}h2 small{margin-left:auto;font-weight:500;font-size:8pt;color:#555}
.data{border-collapse:collapse;width:100%;font-size:9.2pt;line-height:1.35;border:solid #111;border-width:1.6px 0}.data th{background:#e1e7f1;border-bottom:1px solid #111;padding:1.2mm 1mm}.data td{padding:1.1mm 1mm;border-bottom:.5px solid #c9ced8;text-align:center}.data td+td,.data th+th{border-left:.5px solid #d3d8e0}.data td.l{text-align:left}.data tr.sum td{font-weight:800;background:#f3f5fa}.data tr.big td{font-size:13pt;font-weight:800}.data tr.big td.quiet{font-size:8.6pt;font-weight:600}.wide{overflow-x:auto}
.alert,.up{color:#b4232b}.alert{font-weight:700}.down{color:#1f5fae}.quiet{color:#6b6b6b}.done{color:#1c6b3c;font-weight:700}.open{color:#a15a00;font-weight:700}
ul{list-style:none;margin:0;padding:0 0 0 3mm}li{padding-left:4mm;text-indent:-4mm}li::before{content:"- "}li li::before{content:"* "}.title{margin:3.4mm 0 1.6mm;font:700 10pt Pretendard,"Malgun Gothic",sans-serif}.words{margin:1mm 0 0 3mm;color:#404040;font-size:9pt}figure{margin:2mm 0;break-inside:avoid}figure svg{max-width:100%;height:auto}.two{display:grid;grid-template-columns:1fr 1fr;gap:0 6mm}
footer{margin-top:4mm;border-top:.7px solid #888;padding-top:1mm;font-size:7.4pt;color:#555}.annex{break-before:page}
@media print{body{padding:0;max-width:none}}@media (max-width:600px){body{padding:4mm;font-size:16px}.head{flex-direction:column;gap:2mm}.two{display:block}.data,.sign{font-size:14px}.sign{width:100%}.data tr.big td{font-size:18px}.words,h2 small{font-size:13px}h2{font-size:18px}footer{font-size:12px}}`

export function htmlOf(paper: Paper): string {
  const say = wordsIn(paper.language)
  const boxes =
    paper.boxes.length === 0
      ? ''
      : `<table class="sign"><tr><th class="v" rowspan="2">${escaped(say('approval'))}</th>${paper.boxes.map(one => `<th>${escaped(one.title)}</th>`).join('')}</tr><tr>${paper.boxes
          .map(one =>
            one.name === undefined
              ? `<td class="wait">${escaped(say('waiting'))}</td>`
              : `<td>${one.mark ? `${escaped(one.mark)} ` : ''}<b>${escaped(one.name)}</b>${one.at ? `<small>${escaped(one.at)}</small>` : ''}</td>`,
          )
          .join('')}</tr></table>`
  const foot = [...paper.foot, ...(paper.warning ? [paper.warning] : [])].map(one => `<div>${escaped(one)}</div>`).join('')
  return `<!doctype html><html lang="${paper.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="dcterms.date" content="${new Date(paper.toMs).toISOString()}"><title>${escaped(`${paper.title} ${paper.asOf}`)}</title><style>${STYLE}</style><body><div class="head"><h1>${escaped(paper.title)}</h1>${boxes}</div>${
    paper.standing ? `<p class="standing s">${escaped(paper.standing)}</p>` : ''
  }<div class="sub"><span>${escaped(paper.asOf)}</span><small>${escaped(paper.span)}</small><span>${escaped(paper.room)}</span></div>${sectionsOf(paper.sections)}<footer class="s">${paper.number ? `<div>${escaped(paper.number)}</div>` : ''}${foot}</footer></body></html>\n`
}

function sectionsOf(sections: readonly Section[]): string {
  const parts: string[] = []
  for (let n = 0; n < sections.length; n++) {
    const [one, next] = [sections[n], sections[n + 1]]
    if (!one || (one.id === 'annex' && one.state === 'none')) continue
    if (one.isNarrow && next?.isNarrow) {
      parts.push(`<div class="two">${sectionOf(one)}${sectionOf(next)}</div>`)
      n++
    } else parts.push(sectionOf(one))
  }
  return parts.join('')
}

const sectionOf = (section: Section): string =>
  `<section${section.id === 'annex' ? ' class="annex"' : ''}><h2>${escaped(section.title)}${section.note ? `<small>${escaped(section.note)}</small>` : ''}</h2>${section.blocks.map(blockOf).join('')}</section>`

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'lines':
      return `<ul>${block.lines.map(lineOf).join('')}</ul>`
    case 'table':
      return tableOf(block)
    case 'picture':
      return `<figure><div class="s"><b>${escaped(block.title)}</b></div>${block.svg}</figure>`
    case 'words':
      return `<p class="${block.isTitle ? 'title' : 'words'}">${escaped(block.text)}</p>`
  }
}

const lineOf = (line: Line): string =>
  `<li>${line.lead ? `<b>(${escaped(line.lead)})</b> ` : ''}${escaped(line.text)}${line.details.length > 0 ? `<ul>${line.details.map(lineOf).join('')}</ul>` : ''}</li>`

function tableOf({ columns, rows, isHeadline }: Extract<Block, { kind: 'table' }>): string {
  const cellOf = (one: Cell, n: number): string =>
    `<td class="${[columns[n]?.align === 'left' ? 'l' : '', one.tone ?? ''].join(' ').trim()}">${escaped(one.text)}</td>`
  return `<div class="wide"><table class="data"><thead><tr>${columns.map(one => `<th>${escaped(one.title)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row, at) => `<tr class="${row.isSum ? 'sum' : isHeadline && at === 0 ? 'big' : ''}">${row.cells.map(cellOf).join('')}</tr>`)
    .join('')}</tbody></table></div>`
}
