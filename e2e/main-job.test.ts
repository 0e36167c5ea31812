// The main job as an officer lives it, in a real browser: a sentence over TCP becomes a ship on the chart; two ships lying together become an alarm; it is
// acknowledged; the process is killed; after the restart it is still acknowledged.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, signedInPage } from '#testkit/browser.ts'
import { OFFICER } from '#testkit/officer.ts'
import { connectTo, eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { encodeSentences } from '#wire/ais/index.ts'

interface AlarmJson {
  readonly id: string
  readonly detector: string
  readonly ships: readonly number[]
  readonly raisedAt: string
  readonly state: string
}

const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
let page: Page
let feedPort: number
const troubles: string[] = []

const start = (): Promise<RunningProduct> =>
  startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?name=e2e`])

beforeAll(async () => {
  feedPort = await freePort()
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

const position = (mmsi: number, lat: number, lon: number, sogKn: number, atMs: number): string =>
  encodeSentences(
    {
      type: 1,
      repeat: 0,
      mmsi,
      navigationStatus: 0,
      sogKn,
      accurate: true,
      lon,
      lat,
      cogDeg: 90,
      headingDeg: 90,
      second: Math.floor(atMs / 1000) % 60,
      raim: false,
    },
    { source: 'E2E', receivedAtMs: Math.floor(atMs / 1000) * 1000 },
  ).join('\r\n')
const statics = (mmsi: number, name: string): string =>
  encodeSentences({
    type: 5,
    repeat: 0,
    mmsi,
    imoNumber: 9_074_729,
    callSign: 'D7XX',
    name,
    shipType: 70,
    toBowM: 60,
    toSternM: 40,
    toPortM: 8,
    toStarboardM: 8,
    destination: 'KRPUS',
  }).join('\r\n')

async function send(lines: readonly string[]): Promise<void> {
  const socket = await connectTo(feedPort)
  await new Promise<void>(done => socket.write(`${lines.join('\r\n')}\r\n`, () => done()))
  socket.end()
}

const alarms = (): Promise<AlarmJson[]> => product.get<AlarmJson[]>('/api/alarms')

test('a sentence sent over TCP makes a ship appear: on the API, in the picture on the screen, and in the search', async () => {
  await send([statics(440_123_456, 'DEMO NARAE'), position(440_123_456, 35.0, 129.1, 12.3, Date.now())])
  const card = await eventually(() => product.get<{ name?: string; sogKn?: number }>('/api/ships/440123456').catch(() => undefined), 5000)
  expect(card).toMatchObject({ name: 'DEMO NARAE', sogKn: 12.3 })
  await page
    .getByText(/^선박\s*1$/)
    .first()
    .waitFor({ timeout: 15_000 })
  await page.keyboard.press('Control+KeyK')
  await page.keyboard.type('NARAE')
  await page
    .getByRole('option', { name: /DEMO NARAE/ })
    .first()
    .waitFor({ timeout: 10_000 })
  await page.keyboard.press('Enter')
  await page
    .getByText(/440 123 456/)
    .first()
    .waitFor({ timeout: 10_000 })
  await page
    .getByText(/12\.3\s*kn/)
    .first()
    .waitFor({ timeout: 10_000 })
})

test('two ships that lie together at sea make one alarm with its reason in Korean on the screen', async () => {
  const now = Date.now()
  const lines = [statics(440_200_001, 'DEMO ALPHA'), statics(440_200_002, 'DEMO BRAVO')]
  for (let minute = 34; minute >= 0; minute--) {
    const at = now - minute * 60_000
    lines.push(position(440_200_001, 34.5, 129.4 + minute * 1e-6, 0.4, at), position(440_200_002, 34.501, 129.4, 0.3, at + 2000))
  }
  await send(lines)
  const alarm = await eventually(async () => (await alarms()).find(one => one.detector === 'rendezvous'))
  expect([...alarm.ships].sort()).toEqual([440_200_001, 440_200_002])
  await page.waitForSelector(`[data-alarm="${alarm.id}"]`, { timeout: 10_000 })
  expect(await page.locator(`[data-alarm="${alarm.id}"]`).textContent()).toMatch(/접현/)
})

test('it is acknowledged by keyboard, and after kill -9 and a restart it is still acknowledged', async () => {
  const [alarm] = (await alarms()).filter(one => one.detector === 'rendezvous')
  await page.locator(`[data-alarm="${alarm?.id}"]`).click()
  await page.keyboard.press('Space')
  await eventually(
    async () => ((await alarms()).some(one => one.id === alarm?.id && one.state === 'acknowledged') ? true : undefined),
    10_000,
  )
  await product.kill()
  product = await start()
  expect(product.readyAfterMs).toBeLessThan(60_000)
  expect(await alarms()).toContainEqual(expect.objectContaining({ id: alarm?.id, state: 'acknowledged' }))
  expect((await product.get<{ name: string }>('/api/ships/440123456')).name).toBe('DEMO NARAE')
  const audit = await product.get<{ deed: string; who: string }[]>('/api/audit')
  expect(audit).toContainEqual(expect.objectContaining({ deed: 'alarm.acknowledge', who: OFFICER.id }))
})

test('the screen had no error all along', () => {
  expect(troubles).toEqual([])
})
