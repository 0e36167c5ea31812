// Writes pictures of the screens to docs/screens/ (or to --out DIR): the situation room at 1920×1080 and 3840×2160 in the four palettes, the wall, the ship card
// and the other pages, empty, the past, stale and disconnected. The night is the demo's, told by its script; an officer has done some of the work. `npm run screens`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, signedInPage } from '../src/testkit/browser.ts'
import { freePort, type RunningProduct, startProduct, temporaryFolder } from '../src/testkit/product.ts'
import { sealPictures } from './seal-screens.ts'

const PALETTES = ['night', 'deep', 'dusk', 'day'] as const
/** A desk of 3840×2160 shows the layout of 1920×1080 twice as fine; a wall enlarges it by itself. */
const SIZES = {
  '1080p': { viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 1 },
  '2160p': { viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 2 },
  wall: { viewport: { width: 3840, height: 2160 }, deviceScaleFactor: 1 },
} as const
/** By then the demo has told all but its distress call (sim/day.ts); by day no boat comes. */
const STORY_MS = 8.4 * 60_000
const LOOK_MS = 5000
const SETTLED_MS = 4000
/** Transfer at sea, guarded area and the coaster's meeting in one view. */
const VIEW = 'view=34.36,128.05,9.05'
const STALE_MS = 4 * 60_000

let out = fileURLToPath(new URL('../docs/screens', import.meta.url))

async function open(
  browser: Browser,
  product: RunningProduct,
  size: keyof typeof SIZES,
  {
    palette = 'night',
    hash = '',
    language = 'ko',
    wall = false,
  }: { palette?: string; hash?: string; language?: string; wall?: boolean } = {},
): Promise<Page> {
  const page = await signedInPage(browser, product, { locale: 'ko-KR', ...SIZES[size] })
  await page.goto(`${product.url}/?palette=${palette}&lang=${language}${wall ? '&wall=1' : ''}${hash}`)
  await page.waitForTimeout(SETTLED_MS)
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(out, `${name}.png`), timeout: 120_000 })
  process.stdout.write(`${name}.png\n`)
}

interface AlarmJson {
  readonly id: string
  readonly ships: readonly number[]
  readonly detector: string
  readonly place?: { readonly lat: number; readonly lon: number }
}

async function send(product: RunningProduct, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${product.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...product.headers },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
}

/** Waits for the demo's story, then does what a watch officer would have done of it by now. Answers the alarm to look at. */
async function watchOfficer(product: RunningProduct): Promise<AlarmJson> {
  const until = Date.now() + STORY_MS
  let alarms: AlarmJson[] = []
  const of = (detector: string): AlarmJson | undefined => alarms.find(alarm => alarm.detector === detector)
  while (Date.now() < until && !(of('small-craft-meeting') && of('speed-exceeded') && of('signal-lost'))) {
    await new Promise(done => setTimeout(done, LOOK_MS))
    alarms = await product.get<AlarmJson[]>('/api/alarms')
  }
  const act = async (detector: string, deed: string, body: unknown): Promise<void> => {
    const alarm = of(detector)
    if (alarm) await send(product, 'POST', `/api/alarms/${encodeURIComponent(alarm.id)}/${deed}`, body)
  }
  await act('area-entered', 'assign', { to: '당직 2', note: '목적지 확인 중' })
  await act('speed-exceeded', 'resolve', { outcome: 'nothing', note: '여객선사 확인' })
  const shown = of('rendezvous') ?? alarms[0]
  if (!shown) throw new Error('the demo raised no alarm')
  const [lat, lon] = [34.3, 128.0]
  const around = await product.get<{ mmsi: number; sogKn?: number }[]>(
    `/api/ships?west=${lon - 0.5}&east=${lon + 0.5}&south=${lat - 0.3}&north=${lat + 0.3}`,
  )
  const moving = around.filter(ship => (ship.sogKn ?? 0) > 5 && !alarms.some(alarm => alarm.ships.includes(ship.mmsi)))
  for (const { mmsi } of moving.slice(0, 4)) await send(product, 'PUT', `/api/ships/${mmsi}/watch`, { watched: true })
  return shown
}

async function full(browser: Browser, product: RunningProduct): Promise<void> {
  const alarm = await watchOfficer(product)
  const on = `#/situation?${VIEW}&on=alarm:${encodeURIComponent(alarm.id)}`
  const shoot = async (name: string, size: keyof typeof SIZES, more: Parameters<typeof open>[3]): Promise<void> => {
    const page = await open(browser, product, size, more)
    await picture(page, name)
    await page.close()
  }
  for (const palette of PALETTES) {
    await shoot(`situation-${palette}-1080p`, '1080p', { palette, hash: on })
    await shoot(`situation-${palette}-2160p`, '2160p', { palette, hash: on })
  }
  await shoot('situation-day-en-1080p', '1080p', { palette: 'day', hash: on, language: 'en' })
  await shoot('wall-night-2160p', 'wall', { hash: `#/situation?${VIEW}`, wall: true })
  const past = new Date(Date.now() - 15 * 60_000).toISOString()
  await shoot('past-night-1080p', '1080p', { hash: `${on}&at=${past}` })
  for (const [name, hash] of [
    ['ship-card', `#/ships/${alarm.ships[0] ?? ''}`],
    ['areas', '#/areas'],
    ['feeds', '#/feeds'],
    ['records', '#/records'],
  ] as const)
    await shoot(`${name}-night-1080p`, '1080p', { hash })
}

export async function writeScreens(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--out')
  if (at >= 0) out = args[at + 1] ?? out
  mkdirSync(out, { recursive: true })
  const browser = await openBrowser()
  const folder = temporaryFolder()
  const emptyFolder = temporaryFolder()
  try {
    const port = await freePort()
    const empty = await startProduct(emptyFolder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${port}?name=silent`])
    const none = await open(browser, empty, '1080p')
    await picture(none, 'empty-night-1080p')
    await none.close()
    await empty.stop()

    const product = await startProduct(folder.path)
    await full(browser, product)
    await sealPictures(browser, product, picture)
    const cut = await open(browser, product, '1080p')
    await product.kill()
    await cut.waitForTimeout(SETTLED_MS)
    await picture(cut, 'disconnected-night-1080p')
    await cut.close()
    // The ships of the killed product are old when it comes back without its feed.
    const stalePort = await freePort()
    const stale = await startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${stalePort}?name=silent`])
    await new Promise(done => setTimeout(done, STALE_MS))
    const old = await open(browser, stale, '1080p')
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
