// A reader of HWPX that is not ours: rhwp (Rust), as WebAssembly. It reads the paper as 한글 does: paragraphs, tables, pictures, pages; and writes it again.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import init, { HwpDocument } from '@rhwp/core'

/** Without fonts: Hangul is as wide as it is high, the rest about half. Only where lines and pages break depends on it. */
function measureTextWidth(font: string, text: string): number {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12)
  return [...text].reduce((sum, letter) => sum + (letter > '\u10ff' ? size : size * 0.55), 0)
}

export interface ReadHangul {
  /** Everything that can be read, tables too, in order. */
  readonly text: string
  readonly pages: number
  /** Pictures that it draws. */
  readonly pictures: number
  /** The same document, written by the other program. */
  readonly again: Buffer
  /** Turned into the binary HWP form and read back, in its own words. */
  readonly asHwp: { readonly recovered: boolean; readonly pageCountBefore: number; readonly pageCountAfter: number }
}

export async function readHangul(bytes: Uint8Array): Promise<ReadHangul> {
  Object.assign(globalThis, { measureTextWidth })
  await init({ module_or_path: readFileSync(fileURLToPath(import.meta.resolve('@rhwp/core/rhwp_bg.wasm'))) })
  const document = new HwpDocument(bytes)
  try {
    const pages = document.pageCount()
    const drawn = Array.from({ length: pages }, (_, n) => document.renderPageSvg(n))
    return {
      text: JSON.parse(document.getTextFileUnicode()),
      pages,
      pictures: drawn.reduce((sum, svg) => sum + (svg.match(/<image /g)?.length ?? 0), 0),
      again: Buffer.from(document.exportHwpx()),
      asHwp: JSON.parse(document.exportHwpVerify()),
    }
  } finally {
    document.free()
  }
}
