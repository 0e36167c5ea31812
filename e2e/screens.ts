// Writes pictures of the screens to docs/screens/: each page at 1920×1080 and the situation room at 3840×2160, in the four palettes, full (the demo), empty, stale
// and disconnected. `npm run screens`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../src/testkit/browser.ts'
import { freePort, type RunningProduct, startProduct, temporaryFolder } from '../src/testkit/product.ts'

const OUT = fileURLToPath(new URL('../docs/screens', import.meta.url))
const PALETTES = ['night', 'deep', 'dusk', 'day'] as const
const SIZES = { '1080p': { width: 1920, height: 1080 }, '2160p': { width: 3840, height: 2160 } } as const
/** The demo's first alarms stand by then. */
const DEMO_SETTLED_MS = 75_000
const SETTLED_MS = 4000

async function open(browser: Browser, url: string, size: keyof typeof SIZES, palette: string, hash = ''): Promise<Page> {
  const page = await browser.newPage({ locale: 'ko-KR', viewport: SIZES[size], deviceScaleFactor: 1 })
  await page.goto(`${url}/?palette=${palette}${hash}`)
  await page.waitForTimeout(SETTLED_MS)
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUT, `${name}.png`), timeout: 120_000 })
  process.stdout.write(`docs/screens/${name}.png\n`)
}

async function full(browser: Browser, product: RunningProduct): Promise<void> {
  const alarms = await product.get<{ id: string; ships: number[]; detector: string }[]>('/api/alarms')
  const alarm = alarms.find(one => one.detector === 'rendezvous') ?? alarms[0]
  const on = alarm ? `?on=alarm:${encodeURIComponent(alarm.id)}` : ''
  for (const palette of PALETTES) {
    for (const size of ['1080p', '2160p'] as const) {
      const page = await open(browser, product.url, size, palette, `#/situation${on}`)
      await picture(page, `situation-${palette}-${size}`)
      await page.close()
    }
  }
  const ship = alarm?.ships[0]
  for (const [name, hash] of [
    ['ship-card', `#/ships/${ship ?? ''}`],
    ['areas', '#/areas'],
    ['feeds', '#/feeds'],
    ['records', '#/records'],
  ] as const) {
    const page = await open(browser, product.url, '1080p', 'night', hash)
    await picture(page, `${name}-night-1080p`)
    await page.close()
  }
}

export async function writeScreens(_args: readonly string[]): Promise<number> {
  mkdirSync(OUT, { recursive: true })
  const browser = await openBrowser()
  const folder = temporaryFolder()
  const emptyFolder = temporaryFolder()
  try {
    const port = await freePort()
    const empty = await startProduct(emptyFolder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${port}?name=silent`])
    const none = await open(browser, empty.url, '1080p', 'night')
    await picture(none, 'empty-night-1080p')
    await none.close()
    await empty.stop()

    const product = await startProduct(folder.path)
    await new Promise(done => setTimeout(done, DEMO_SETTLED_MS))
    await full(browser, product)
    const cut = await open(browser, product.url, '1080p', 'night')
    await product.kill()
    await cut.waitForTimeout(SETTLED_MS)
    await picture(cut, 'disconnected-night-1080p')
    await cut.close()
    // The ships of the killed product are old when it comes back without its feed.
    const stalePort = await freePort()
    const stale = await startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${stalePort}?name=silent`])
    await new Promise(done => setTimeout(done, 4 * 60_000))
    const old = await open(browser, stale.url, '1080p', 'night')
    await picture(old, 'stale-night-1080p')
    await old.close()
    await stale.stop()
  } finally {
    await browser.close()
    folder.remove()
    emptyFolder.remove()
  }
  return 0
}
