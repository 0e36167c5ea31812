// The screen: frames a second with 20,000 ships that move each frame, our WebGL layer beside MapLibre's symbol layer with setData, in the same browser.
// Software GL: the ratio is the figure, the frames a second are this machine's. MANGRU_BENCH_SECONDS is not used: each run is 6 s after 3 s of warming.
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../src/testkit/browser.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Bench, Figure } from './bench.ts'

const SHIPS = 20_000
const PAGE = fileURLToPath(new URL('./screen-page', import.meta.url))
const SOURCES = fileURLToPath(new URL('../src', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
}

interface Measured {
  readonly framesPerSecond: number
  readonly dataPerSecond: number
  readonly p95Ms: number
  readonly moveMs: number
}

async function buildPage(outDir: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: PAGE,
    base: './',
    logLevel: 'error',
    resolve: { alias: [{ find: /^#/, replacement: `${SOURCES}/` }] },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      chunkSizeWarningLimit: 2000,
    },
  })
}

export const bench: Bench = {
  name: 'screen',
  question: 'how many frames a second with 20,000 ships moving each frame, beside MapLibre’s symbol layer?',
  async run() {
    const folder = temporaryFolder()
    const server = createServer((request, response) => {
      const path = join(folder.path, new URL(request.url ?? '/', 'http://bench').pathname.replace(/\/$/, '/index.html'))
      if (!path.startsWith(folder.path) || !existsSync(path)) return void response.writeHead(404).end()
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      })
      createReadStream(path).pipe(response)
    })
    try {
      await buildPage(folder.path)
      await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()))
      const address = server.address()
      const port = address && typeof address === 'object' ? address.port : 0
      const browser = await openBrowser()
      const measure = async (mode: string, zoom: number): Promise<Measured> => {
        const page = await browser.newPage({
          viewport: { width: 640, height: 400 },
        })
        page.on('pageerror', error => process.stderr.write(`screen ${mode}: ${error.message}\n`))
        await page.goto(`http://127.0.0.1:${port}/?mode=${mode}&ships=${SHIPS}&seconds=6&zoom=${zoom}`)
        await page.waitForFunction('document.title.startsWith("{")', undefined, { timeout: 60_000 })
        const title = await page.title()
        await page.close()
        return JSON.parse(title)
      }
      const figures: Figure[] = []
      try {
        // Below zoom 8 both draw one symbol a ship; from 8 on ours draws its speed vector too.
        for (const [zoom, what] of [
          [7.5, 'symbols only'],
          [8.6, 'ours with speed vectors'],
        ] as const) {
          const empty = await measure('none', zoom)
          const ours = await measure('ours', zoom)
          const theirs = await measure('symbol', zoom)
          const size = `${SHIPS} ships, 640 × 400, zoom ${zoom}, ${what}`
          figures.push(
            {
              name: `our layer, zoom ${zoom}`,
              value: ours.framesPerSecond,
              unit: 'frames/s',
              ratio: {
                to: 'MapLibre symbol layer with setData',
                value: ours.framesPerSecond / theirs.framesPerSecond,
              },
              size: `${size}; 95 % of frames ≤ ${ours.p95Ms.toFixed(0)} ms; the empty map ${empty.framesPerSecond.toFixed(1)} frames/s`,
            },
            {
              // Our shader moves every ship in every frame; theirs draws the same places again until the next data are taken.
              name: `of it frames in which ships moved, zoom ${zoom}`,
              value: ours.framesPerSecond,
              unit: 'frames/s',
              ratio: { to: 'MapLibre symbol layer, data shown', value: ours.framesPerSecond / theirs.dataPerSecond },
              size,
              goal: '≥ 4 ×',
            },
            {
              name: `MapLibre symbol layer, zoom ${zoom}`,
              value: theirs.framesPerSecond,
              unit: 'frames/s',
              size: `${size}; 95 % ≤ ${theirs.p95Ms.toFixed(0)} ms; the ships moved ${theirs.dataPerSecond.toFixed(1)} times a second`,
            },
          )
        }
      } finally {
        await browser.close()
      }
      return figures
    } finally {
      server.close()
      folder.remove()
    }
  },
}
