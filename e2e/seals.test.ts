// A watch over sealed journeys in a real browser: planned by form, bytes of a real protocol over TCP, the truck in list and chart, opened on the way, an incident from it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SEAL_PROTOCOLS } from '#seals/protocols/index.ts'
import { openBrowser, signedInPage } from '#testkit/browser.ts'
import { connectTo, eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
const jt808 = SEAL_PROTOCOLS.find(one => one.name === 'jt808')!
const DEVICE = '013912344323'
const ORIGIN = { lat: 35.078, lon: 128.828 }
const troubles: string[] = []
let browser: Browser
let product: RunningProduct
let page: Page
let feedPort = 0
let serial = 1

async function say(change: object): Promise<void> {
  const socket = await connectTo(feedPort)
  const bytes = jt808.device.encode({
    deviceId: DEVICE,
    sentAtMs: Math.floor(Date.now() / 1000) * 1000,
    ...ORIGIN,
    fixValid: true,
    speedKmh: 0,
    courseDeg: 0,
    serial: serial++,
    batteryPercent: 71,
    locked: true,
    ...change,
  })
  await new Promise<void>(done => socket.write(bytes, () => done()))
  await new Promise<void>(done => socket.end(() => done()))
}
const region = (name: string) => page.locator(`[data-region="${name}"]`)

beforeAll(async () => {
  feedPort = await freePort()
  ;[browser, product] = await Promise.all([
    openBrowser(),
    startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?kind=jt808&name=seal-a`]),
  ])
  page = await signedInPage(browser, product, { locale: 'ko-KR', viewport: { width: 1920, height: 1080 } })
  page.on('pageerror', error => troubles.push(error.message))
  await page.goto(`${product.url}/#/seals`)
})

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await page.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  folder.remove()
})

test('without journeys the page says so and what to do', async () => {
  await region('journeys').getByText('봉인 운송이 없습니다').waitFor()
})

test('a device nobody knows is shown and taken into the stock with one click', async () => {
  await page.getByRole('button', { name: '봉인 재고' }).click()
  await region('unknown-seals').getByText('모르는 단말이 없습니다').waitFor()
  await say({})
  await region('unknown-seals').getByText(DEVICE).waitFor()
  await region('unknown-seals').getByRole('button', { name: '재고에 넣기' }).click()
  await region('stock').getByText(DEVICE).waitFor()
  await region('unknown-seals').getByText('모르는 단말이 없습니다').waitFor()
})

test('a journey is planned by the form; a wrong check digit is told with the right one while it is typed', async () => {
  await page.getByRole('button', { name: '운송 계획', exact: true }).click()
  const plan = region('plan')
  await plan.getByLabel('컨테이너번호').fill('temu 123456-6')
  await plan.getByText('TEMU1234565 아닙니까?').waitFor()
  await plan.getByLabel('컨테이너번호').fill('temu 123456-5')
  await plan.getByLabel('차량번호').fill('부산81아0000')
  await plan.getByLabel('출발지', { exact: true }).fill('부산신항')
  await plan.getByLabel('도착지', { exact: true }).fill('의왕 ICD')
  await plan.getByLabel('봉인번호').fill(DEVICE)
  await plan.getByLabel('도착지 연락처').fill('없음')
  await plan.getByText('전화번호가 아닙니다').waitFor()
  await plan.getByLabel('도착지 연락처').fill('')
  await plan.getByLabel('도착지 담당자').fill('의왕 담당')
  await plan.getByText('전화번호가 없어 알릴 수 없습니다').waitFor()
  const way = region('way')
  await way.getByRole('button', { name: '직선' }).waitFor()
  await way.getByRole('button', { name: '화면 가운데에 점 놓기' }).click()
  await way.getByRole('button', { name: '경로 점 1' }).press('ArrowLeft')
  await way.getByRole('button', { name: '직접 그림' }).waitFor()
  await way.locator('.planning__chart').press('Backspace')
  await way.getByRole('slider').fill('6')
  await way.getByText('6.0 km').waitFor()
  await plan.getByRole('button', { name: '서식으로 두기' }).click()
  await plan.getByLabel('서식 이름').fill('신항에서 의왕')
  await plan.getByLabel('서식 이름').press('Enter')
  await page.getByText('‘신항에서 의왕’ 서식을 두었습니다').waitFor()
  await plan.getByRole('button', { name: '운송 계획하기' }).click()
  await region('journeys').getByText('TEMU 123456 5').waitFor()
  await region('journey').getByText('번호 없음').waitFor()
})

test('fitted, armed and on its way it stands in the list; opened it is red, first, in the alarms and in the custody', async () => {
  const { journeys } = await product.get<{ journeys: { id: string }[] }>('/api/journeys')
  const id = journeys[0]?.id ?? ''
  await product.post(`/api/journeys/${id}/deeds`, { id: 'fit-1', deed: 'fit', seal: `jt808:${DEVICE}`, container: 'TEMU1234565' })
  await say({ sentAtMs: Date.now() - 240_000, event: 'sealed-automatically' })
  await region('journey').getByText('봉인 작동', { exact: true }).first().waitFor()
  await say({ sentAtMs: Date.now() + 60_000, lat: 35.16, lon: 128.8, speedKmh: 70 })
  await region('journey').getByText('운송 중').first().waitFor()
  await say({ sentAtMs: Date.now() + 120_000, lat: 35.2, lon: 128.79, speedKmh: 20, locked: false, event: 'opened-while-sealed' })
  await region('journeys').locator('tr.is-opened', { hasText: 'TEMU 123456 5' }).waitFor()
  await region('journey').getByText('봉인 중 열림').waitFor()
  await page.locator('.seal-mark.is-opened i').waitFor()
  await eventually(async () =>
    (await product.get<{ detector: string }[]>('/api/alarms')).some(one => one.detector === 'seal-opened') ? true : undefined,
  )
})

test('the situation room shows the alarm with its container, and one key makes an incident of the journey', async () => {
  await page.goto(`${product.url}/#/situation`)
  await page.locator('[data-alarm]', { hasText: '무단 개봉' }).click()
  await page.getByText('TEMU1234565').first().waitFor()
  await page.goto(`${product.url}/#/seals`)
  await region('journeys').getByText('TEMU 123456 5').click()
  await region('journey').getByRole('heading', { name: 'TEMU 123456 5' }).waitFor()
  await page.keyboard.press('KeyI')
  await page.waitForURL(/#\/incidents/)
  await page.locator('[data-region="report-form"]').getByText('TEMU1234565').first().waitFor()
  await page.keyboard.press('Escape')
})

test('in English every word of it is English', async () => {
  await page.goto(`${product.url}/#/seals`)
  await page.getByRole('button', { name: 'EN', exact: true }).click()
  await region('journeys').getByText('Opened').first().waitFor()
  expect(troubles).toEqual([])
})
