// The screen as officers use it, in a real browser against the real product: recorded logs, strange names, keyboard, shelving, areas, feeds, the past, languages,
// the wall, and a server that goes away and comes back.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, signedInPage } from '#testkit/browser.ts'
import { distressCall } from '#testkit/distress.ts'
import { connectTo, eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { sharedData } from '#testkit/shared-data.ts'
import { encodeSentences } from '#wire/ais/index.ts'

interface AlarmJson {
  readonly id: string
  readonly state: string
  readonly ships: readonly number[]
}

const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
let page: Page
let feedPort: number
let httpPort: number
const troubles: string[] = []

const start = (): Promise<RunningProduct> =>
  startProduct(folder.path, ['--no-demo', '--port', String(httpPort), '--feed', `tcp-server://127.0.0.1:${feedPort}?name=screen`])

async function send(bytes: string | Uint8Array): Promise<void> {
  const socket = await connectTo(feedPort)
  await new Promise<void>(done => socket.write(bytes, () => done()))
  await new Promise<void>(done => socket.end(() => done()))
}
const lines = (...sentences: string[][]): string => `${sentences.flat().join('\r\n')}\r\n`
const alarms = (): Promise<AlarmJson[]> => product.get<AlarmJson[]>('/api/alarms')
const stateOf = async (mmsi: number): Promise<string | undefined> => (await alarms()).find(one => one.ships.includes(mmsi))?.state
/** Waits for words anywhere on the screen. */
const seen = (words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor({ timeout: 15_000 })

beforeAll(async () => {
  ;[feedPort, httpPort] = [await freePort(), await freePort()]
  ;[browser, product] = await Promise.all([openBrowser(), start()])
  page = await signedInPage(browser, product, { locale: 'ko-KR', viewport: { width: 1600, height: 900 } })
  page.on('pageerror', error => troubles.push(error.message))
  await page.goto(product.url)
  await page.waitForSelector('canvas')
})

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await page?.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  folder.remove()
})

const RECORDING = sharedData('ais/go-ais-by-type.nmea')
test.runIf(RECORDING !== undefined)(
  'a recorded log sent over TCP makes ships appear, with names that the search finds',
  async () => {
    await send(readFileSync(RECORDING ?? ''))
    const status = await eventually(async () => {
      const now = await product.get<{ ships: number }>('/api/status')
      return now.ships > 100 ? now : undefined
    }, 15_000)
    expect(status.ships).toBeGreaterThan(100)
    const [feed] = await product.get<{ sentences: number; bad: number }[]>('/api/feeds')
    expect(feed?.sentences).toBeGreaterThan(1000)
  },
  60_000,
)

test('a name with HTML in it is shown as the letters it is', async () => {
  const mmsi = 440_300_001
  await send(
    lines(
      encodeSentences({
        type: 5,
        repeat: 0,
        mmsi,
        name: '<IMG SRC=X>',
        callSign: '<B>',
        shipType: 70,
        toBowM: 50,
        toSternM: 50,
        toPortM: 8,
        toStarboardM: 8,
      }),
      encodeSentences({
        type: 1,
        repeat: 0,
        mmsi,
        navigationStatus: 0,
        sogKn: 9,
        accurate: true,
        lon: 129.05,
        lat: 34.95,
        cogDeg: 10,
        headingDeg: 10,
        second: 5,
        raim: false,
      }),
    ),
  )
  await eventually(() => product.get('/api/ships/440300001').catch(() => undefined))
  await page.keyboard.press('Control+KeyK')
  await page.keyboard.type('<img')
  await page
    .getByRole('option', { name: /<IMG SRC=X>/ })
    .first()
    .waitFor({ timeout: 10_000 })
  await page.keyboard.press('Enter')
  await seen('<IMG SRC=X>')
  expect(await page.locator('img[src="X"]').count()).toBe(0)
})

test('an alarm is acknowledged by Space and another shelved by S with a reason, both in the audit trail', async () => {
  await send(distressCall(970_400_001) + distressCall(970_400_002))
  const idOf = (mmsi: number): Promise<string> => eventually(async () => (await alarms()).find(one => one.ships.includes(mmsi))?.id)
  const [first, second] = [await idOf(970_400_001), await idOf(970_400_002)]
  await page.locator(`[data-alarm="${first}"]`).click()
  await page.keyboard.press('Space')
  await eventually(async () => ((await stateOf(970_400_001)) === 'acknowledged' ? true : undefined))
  await page.locator(`[data-alarm="${second}"]`).click()
  await page.keyboard.press('KeyS')
  await page.getByRole('form', { name: '보류' }).or(page.locator('form[aria-label="보류"]')).first().waitFor({ timeout: 10_000 })
  await page.locator('form[aria-label="보류"] button[type=submit]').click()
  await eventually(async () => ((await alarms()).some(one => one.state === 'shelved') ? true : undefined))
  const audit = await product.get<{ deed: string; note?: string }[]>('/api/audit')
  expect(audit.find(line => line.deed === 'alarm.shelve')?.note).toMatch(/\S/)
})

test('areas are brought as GeoJSON, listed, and taken as GeoJSON again', async () => {
  await page.goto(`${product.url}/#/areas`)
  const area = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { name: '시험 구역', kind: 'designated' },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [129, 34.8],
              [129.1, 34.8],
              [129.1, 34.9],
              [129, 34.9],
              [129, 34.8],
            ],
          ],
        },
      },
    ],
  }
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'areas.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(area)) })
  await seen('시험 구역')
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 10_000 }), page.getByText('GeoJSON 내보내기').click()])
  const taken: { features: { properties: { name: string } }[] } = JSON.parse(readFileSync(await download.path(), 'utf8'))
  expect(taken.features.map(feature => feature.properties.name)).toContain('시험 구역')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'broken.geojson', mimeType: 'application/geo+json', buffer: Buffer.from('{"type":') })
  await seen(/broken\.geojson/)
})

test('an area is drawn on the chart by hand', async () => {
  await page.goto(`${product.url}/#/situation?view=35.0000,129.0000,9.00`)
  await page.locator('.maplibregl-canvas').first().waitFor({ timeout: 15_000 })
  await page
    .getByRole('button', { name: '구역', exact: true })
    .or(page.locator('.chart__tools button', { hasText: '구역' }))
    .first()
    .click()
  const box = await page.locator('.maplibregl-canvas').first().boundingBox()
  if (!box) throw new Error('no chart')
  for (const [x, y] of [
    [0.4, 0.5],
    [0.6, 0.5],
    [0.6, 0.7],
  ] as const)
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y)
  await page.locator('.tool-bar').getByRole('button', { name: '닫기' }).click()
  await page.locator('.tool-bar').getByRole('button', { name: '이름 주고 저장' }).click()
  const form = page.locator('form').last()
  await form.locator('input').first().fill('손으로 그린 구역')
  await form.locator('button[type=submit]').click()
  await eventually(
    async () => ((await product.get<{ name: string }[]>('/api/areas')).some(one => one.name === '손으로 그린 구역') ? true : undefined),
    10_000,
  )
})

test('a feed is tried from the screen, then added', async () => {
  await page.goto(`${product.url}/#/feeds`)
  await page.getByRole('button', { name: '수신망 더하기' }).click()
  await page.locator('form input').first().fill('tcp://127.0.0.1:1?name=nobody')
  await page.getByRole('button', { name: '시험' }).click()
  await page.locator('.tone-bad').first().waitFor({ timeout: 15_000 })
  await page.locator('form button[type=submit]').click()
  await eventually(
    async () => ((await product.get<{ name: string }[]>('/api/feeds')).some(one => one.name === 'nobody') ? true : undefined),
    10_000,
  )
  await seen('nobody')
})

test('the time slider shows the past and comes back to now', async () => {
  await page.goto(`${product.url}/#/situation`)
  await page.waitForSelector('canvas')
  await page.keyboard.press('Shift+Comma')
  await seen(/과거 .* 보는 중/)
  await page.keyboard.press('KeyE')
  await page
    .getByText(/과거 .* 보는 중/)
    .first()
    .waitFor({ state: 'detached', timeout: 10_000 })
})

test('the language changes with one press, and the wall shows without menus', async () => {
  await page
    .getByRole('button', { name: /EN/ })
    .or(page.getByText('EN', { exact: true }))
    .first()
    .click()
  await seen('Alarms')
  await page.getByText('한국어').first().click()
  await seen('경보')
  const wall = await signedInPage(browser, product, { locale: 'ko-KR', viewport: { width: 1600, height: 900 } })
  await wall.goto(`${product.url}/?wall=1`)
  await wall.getByText('미확인 경보').first().waitFor({ timeout: 15_000 })
  expect(await wall.getByText('구역', { exact: true }).count()).toBe(0)
  await wall.close()
})

test('when the server goes away the screen says so, and goes on by itself when it is back', async () => {
  await page.goto(`${product.url}/#/situation`)
  await page.waitForSelector('canvas')
  await product.kill()
  await seen(/연결 끊김/)
  product = await start()
  await page
    .getByText(/연결 끊김/)
    .first()
    .waitFor({ state: 'detached', timeout: 20_000 })
  expect(await stateOf(970_400_001)).toMatch(/acknowledged|shelved/)
})

test('the screen had no error all along', () => {
  expect(troubles).toEqual([])
})
