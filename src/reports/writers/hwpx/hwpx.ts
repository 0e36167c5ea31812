// HWPX (OWPML, KS X 6101), what the ministry edits in: our own writer, because no library on npm writes a valid paper (docs/decisions/0101). Package and namespaces after the
// public schema of 2011; every id that the body refers to is defined in header.xml (hwpx.test.ts).
import { linesOf, type Paper } from '../../model.ts'
import { type Member, zipped } from '../zip.ts'
import { bodyXml } from './body.ts'
import { createLooks, type Looks } from './looks.ts'
import { escaped, NAMESPACES, tag, XML } from './xml.ts'

const FACES = ['HANGUL', 'LATIN', 'HANJA', 'JAPANESE', 'OTHER', 'SYMBOL', 'USER'] as const
/** 한글 shows so much of a document in its list of files. */
const PREVIEW_LETTERS = 1000

export function hwpxOf(paper: Paper, pictures: ReadonlyMap<string, Buffer>): Buffer {
  const looks = createLooks()
  const images = [...pictures].map(([block, bytes], n) => ({ block, bytes, id: `image${n + 1}`, file: `BinData/image${n + 1}.png` }))
  const body = bodyXml(paper, looks, new Map(images.map(({ block, id }) => [block, id])))
  const text = (name: string, content: string): Member => ({ name, bytes: Buffer.from(content) })
  return zipped(
    [
      { ...text('mimetype', 'application/hwp+zip'), isStored: true },
      text('version.xml', versionXml()),
      text('settings.xml', settingsXml()),
      text('META-INF/container.xml', containerXml()),
      text('META-INF/manifest.xml', `${XML}${tag('odf:manifest', { 'xmlns:odf': 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0' })}`),
      text('Contents/content.hpf', contentXml(paper, images)),
      text('Contents/header.xml', headerXml(looks)),
      text('Contents/section0.xml', body),
      ...images.map(({ file, bytes }) => ({ name: file, bytes, isStored: true as const })),
      text('Preview/PrvText.txt', previewOf(paper)),
    ],
    paper.toMs,
  )
}

const versionXml = (): string =>
  `${XML}${tag('hv:HCFVersion', {
    'xmlns:hv': 'http://www.hancom.co.kr/hwpml/2011/version',
    tagetApplication: 'WORDPROCESSOR',
    major: 5,
    minor: 1,
    micro: 0,
    buildNumber: 1,
    os: 1,
    xmlVersion: '1.4',
    application: 'Mangru',
    appVersion: '1, 0, 0, 0',
  })}`

const settingsXml = (): string =>
  `${XML}${tag('ha:HWPApplicationSetting', { 'xmlns:ha': NAMESPACES['xmlns:ha'] }, tag('ha:CaretPosition', { listIDRef: 0, paraIDRef: 0, pos: 0 }))}`

const containerXml = (): string =>
  `${XML}${tag(
    'ocf:container',
    { 'xmlns:ocf': 'urn:oasis:names:tc:opendocument:xmlns:container', 'xmlns:hpf': NAMESPACES['xmlns:hpf'] },
    tag(
      'ocf:rootfiles',
      {},
      tag('ocf:rootfile', { 'full-path': 'Contents/content.hpf', 'media-type': 'application/hwpml-package+xml' }),
      tag('ocf:rootfile', { 'full-path': 'Preview/PrvText.txt', 'media-type': 'text/plain' }),
    ),
  )}`

function contentXml(paper: Paper, images: readonly { readonly id: string; readonly file: string }[]): string {
  const asOf = new Date(paper.toMs).toISOString().replace(/\.\d+Z$/, 'Z')
  const item = (id: string, href: string): string => tag('opf:item', { id, href, 'media-type': 'application/xml' })
  const meta = (name: string, value: string): string => tag('opf:meta', { name, content: 'text' }, escaped(value))
  return `${XML}${tag(
    'opf:package',
    { ...NAMESPACES, version: '', 'unique-identifier': '', id: '' },
    tag(
      'opf:metadata',
      {},
      tag('opf:title', {}, escaped(`${paper.title} ${paper.asOf}`)),
      tag('opf:language', {}, paper.language),
      meta('creator', paper.room),
      meta('subject', paper.span),
      meta('lastsaveby', paper.room),
      meta('CreatedDate', asOf),
      meta('ModifiedDate', asOf),
    ),
    tag(
      'opf:manifest',
      {},
      item('header', 'Contents/header.xml'),
      item('section0', 'Contents/section0.xml'),
      ...images.map(({ id, file }) => tag('opf:item', { id, href: file, 'media-type': 'image/png', isEmbeded: 1 })),
      item('settings', 'settings.xml'),
    ),
    tag('opf:spine', {}, tag('opf:itemref', { idref: 'header', linear: 'yes' }), tag('opf:itemref', { idref: 'section0', linear: 'yes' })),
  )}`
}

function headerXml(looks: Looks): string {
  const font = (id: number, face: string): string => tag('hh:font', { id, face, type: 'TTF', isEmbedded: 0 })
  const level = tag(
    'hh:paraHead',
    {
      start: 1,
      level: 1,
      align: 'LEFT',
      useInstWidth: 1,
      autoIndent: 1,
      widthAdjust: 0,
      textOffsetType: 'PERCENT',
      textOffset: 50,
      numFormat: 'DIGIT',
      charPrIDRef: 0,
      checkable: 0,
    },
    '^1.',
  )
  const style = tag('hh:style', {
    id: 0,
    type: 'PARA',
    name: '바탕글',
    engName: 'Normal',
    paraPrIDRef: 0,
    charPrIDRef: 0,
    nextStyleIDRef: 0,
    langID: 1042,
    lockForm: 0,
  })
  return `${XML}${tag(
    'hh:head',
    { ...NAMESPACES, version: '1.4', secCnt: 1 },
    tag('hh:beginNum', { page: 1, footnote: 1, endnote: 1, pic: 1, tbl: 1, equation: 1 }),
    tag(
      'hh:refList',
      {},
      tag(
        'hh:fontfaces',
        { itemCnt: FACES.length },
        ...FACES.map(lang => tag('hh:fontface', { lang, fontCnt: 2 }, font(0, '함초롬바탕'), font(1, '맑은 고딕'))),
      ),
      looks.borderXml(),
      looks.charXml(),
      tag('hh:tabProperties', { itemCnt: 1 }, tag('hh:tabPr', { id: 0, autoTabLeft: 0, autoTabRight: 0 })),
      tag('hh:numberings', { itemCnt: 1 }, tag('hh:numbering', { id: 1, start: 0 }, level)),
      looks.paraXml(),
      tag('hh:styles', { itemCnt: 1 }, style),
    ),
    tag('hh:compatibleDocument', { targetProgram: 'HWP201X' }, tag('hh:layoutCompatibility')),
    tag('hh:docOption', {}, tag('hh:linkinfo', { path: '', pageInherit: 0, footnoteInherit: 0 })),
  )}`
}

function previewOf(paper: Paper): string {
  const lines = paper.sections.flatMap(section => [
    `□ ${section.title}`,
    ...linesOf(section.blocks).map(line => ` - ${line.lead ? `(${line.lead}) ` : ''}${line.text}`),
  ])
  return [paper.title, paper.asOf, ...lines].join('\r\n').slice(0, PREVIEW_LETTERS)
}
