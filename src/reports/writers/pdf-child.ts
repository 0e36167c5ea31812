// The process that sets papers: Typst runs here, so that a crash or a hang of the native module never takes the product. One message in (a paper), one out (the PDF and how
// many pages its main part takes); pictures for DOCX and HWPX are drawn here too, since a map takes half a second. Ends with the process that started it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { DrawnPicture, PaperMessage, PictureMessage, SetPages, SetRefused } from './pdf-messages.ts'

const require = createRequire(import.meta.url)
const PRETENDARD = ['Regular', 'Medium', 'SemiBold', 'Bold', 'ExtraBold'].map(
  weight => `pretendard/dist/public/static/Pretendard-${weight}.otf`,
)
const MYEONGJO = ['400Regular/NanumMyeongjo_400Regular', '700Bold/NanumMyeongjo_700Bold'].map(
  face => `@expo-google-fonts/nanum-myeongjo/${face}.ttf`,
)

/** The shape of the native module that is used here. */
interface Typst {
  compile(options: { readonly mainFileContent: string; readonly inputs: Readonly<Record<string, string>> }): {
    readonly result: { readonly numOfPages: number } | null
    takeDiagnostics(): { readonly shortDiagnostics: readonly unknown[] } | null
  }
  query(document: unknown, options: { readonly selector: string; readonly field: string }): unknown
  plainSvg(document: unknown): string
  pdf(document: unknown, options: { readonly creationTimestamp: number }): Buffer
  evictCache(maxAge: number): void
}

/** Also where npm has not laid the file at the top. */
const fontFile = (name: string): Buffer => {
  const [first = '', ...rest] = name.split('/')
  const scope = first.startsWith('@') ? `${first}/${rest.shift()}` : first
  return readFileSync(require.resolve(`${scope}/package.json`).replace(/package\.json$/, rest.join('/')))
}

function open(): Typst {
  const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler')
  return NodeCompiler.create({ fontArgs: [{ fontBlobs: [...PRETENDARD, ...MYEONGJO].map(fontFile) }], workspace: import.meta.dirname })
}

const say = (answer: SetPages | DrawnPicture | SetRefused): void => void process.send?.(answer)
const template = readFileSync(new URL('./paper.typ', import.meta.url), 'utf8')
let typst: Typst | undefined
let drawing: Promise<typeof import('@resvg/resvg-wasm')> | undefined

process.on('disconnect', () => process.exit(0))
process.on('message', (message: PaperMessage | PictureMessage) => {
  const refuse = (error: unknown): void => say({ id: message.id, refused: error instanceof Error ? error.message : String(error) })
  if ('svg' in message) {
    draw(message).then(say, refuse)
    return
  }
  try {
    typst ??= open()
    say(set(typst, message))
  } catch (error) {
    refuse(error)
  }
})

function set(typst: Typst, { id, paper, creationS, wants }: PaperMessage): SetPages | SetRefused {
  const outcome = typst.compile({ mainFileContent: template, inputs: { paper } })
  const document = outcome.result
  if (!document) return { id, refused: `Typst: ${JSON.stringify(outcome.takeDiagnostics()?.shortDiagnostics ?? []).slice(0, 2000)}` }
  const [mainPages] = [typst.query(document, { selector: '<main-end>', field: 'value' })].flat()
  const pdf = wants === 'pdf' ? typst.pdf(document, { creationTimestamp: creationS }).toString('base64') : undefined
  const svg = wants === 'pages' ? typst.plainSvg(document) : undefined
  typst.evictCache(10)
  return {
    id,
    pages: document.numOfPages,
    mainPages: Number(mainPages),
    ...(pdf === undefined ? {} : { pdf }),
    ...(svg === undefined ? {} : { svg }),
  }
}

async function draw({ id, svg, widthPx }: PictureMessage): Promise<DrawnPicture> {
  drawing ??= openDrawing()
  const { Resvg } = await drawing
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: widthPx },
    font: { fontBuffers: PRETENDARD.slice(1).map(fontFile), defaultFontFamily: 'Pretendard' },
  })
  const image = picture.render()
  const png = Buffer.from(image.asPng()).toString('base64')
  // What WebAssembly holds is freed by hand.
  image.free()
  picture.free()
  return { id, png }
}

async function openDrawing(): Promise<typeof import('@resvg/resvg-wasm')> {
  const resvg = await import('@resvg/resvg-wasm')
  await resvg.initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')))
  return resvg
}
