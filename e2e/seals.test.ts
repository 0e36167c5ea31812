// A watch over sealed journeys in a real browser: planned by form, bytes of a real protocol over TCP, the truck in list and chart, opened on the way, an incident from it.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SEAL_PROTOCOLS } from '#seals/protocols/index.ts'
import { openBrowser, signedInPage } from '#testkit/browser.ts'
import { exifBlock, jpeg } from '#testkit/files.ts'
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

test('seals from a spreadsheet are tried line by line before any is kept; some are marked lost with the reason', async () => {
  await page.getByRole('button', { name: '봉인 재고' }).click()
  await region('stock').getByRole('button', { name: 'CSV로 등록' }).click()
  const sheet = region('stock-csv')
  await sheet.getByLabel('CSV로 등록').fill('규격,단말번호,봉인번호,소속\njt808,013900000001,KC-0001,부산세관\nmorse,2,KC-0002,부산')
  await sheet.getByRole('button', { name: '먼저 보기' }).click()
  await sheet.getByText('3행 KC-0002 통신 규격 morse').waitFor()
  await sheet.getByText('2행 KC-0001 새로 등록').waitFor()
  expect(await sheet.getByRole('button', { name: '재고에 두기' }).isDisabled()).toBe(true)
  await sheet.getByLabel('CSV로 등록').fill('규격,단말번호,봉인번호,소속\njt808,013900000001,KC-0001,부산세관')
  await sheet.getByRole('button', { name: '먼저 보기' }).click()
  await sheet.getByRole('button', { name: '재고에 두기' }).click()
  await region('stock').getByText('KC-0001').waitFor()
  await region('stock').getByLabel('KC-0001 고르기').check()
  await region('stock').getByRole('button', { name: '분실', exact: true }).click()
  await region('stock').getByLabel('까닭 (분실·폐기에는 꼭)').fill('부두에서 떨어뜨림')
  await region('stock').getByRole('button', { name: '바꾸기' }).click()
  await region('stock').locator('tr.is-life-lost', { hasText: 'KC-0001' }).waitFor()
})

test('at the box with a telephone: go or no-go, a photo, fitted; without a line it waits and then happens once', async () => {
  const phone = await signedInPage(browser, product, {
    locale: 'ko-KR',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  phone.on('pageerror', error => troubles.push(error.message))
  await phone.goto(`${product.url}/#/seals?f=field`)
  await phone.getByLabel('컨테이너·차량·신고번호').fill('temu123456')
  await phone.getByRole('button', { name: /TEMU 123456 5/ }).click()
  await phone.getByLabel('봉인번호 (QR·NFC·직접)').fill('KC-0001')
  await phone.getByText('분실·폐기된 봉인입니다').waitFor()
  await phone.getByText('부착하지 마십시오').waitFor()
  await phone.getByLabel('봉인번호 (QR·NFC·직접)').fill(DEVICE)
  await say({ sentAtMs: Date.now() - 300_000 })
  await phone.getByText('부착해도 됩니다').waitFor()
  await phone.locator('[data-seal-photos]').setInputFiles({ name: 'seal.jpg', mimeType: 'image/jpeg', buffer: jpeg({ exif: exifBlock() }) })
  await phone.getByRole('button', { name: '사진 빼기' }).waitFor()
  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: '봉인 부착' }).click()
  await phone.getByText('대기 1').waitFor()
  await phone.context().setOffline(false)
  await phone.getByText('대기 1').waitFor({ state: 'detached' })
  await phone.locator('.seal-photos').waitFor()
  await phone.close()
  const { journeys } = await product.get<{ journeys: { id: string }[] }>('/api/journeys')
  const { lines } = await product.get<{ lines: { what: string; photos?: string[] }[] }>(`/api/journeys/${journeys[0]?.id}`)
  expect(lines.filter(one => one.what === 'fit').map(one => one.photos?.length)).toEqual([1])
})

test('armed and on its way it stands in the list; opened it is red, first, in the alarms and in the custody', async () => {
  await page.getByRole('button', { name: '운송 현황' }).click()
  await region('journeys').getByText('TEMU 123456 5').click()
  await region('journey').getByText('사진 1장').waitFor()
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

test('from the card the alarm is acknowledged, the seal commanded with a reason, the journey looked at again', async () => {
  const card = region('journey')
  await card.locator('.journey-alarm').getByRole('button', { name: /확인/ }).click()
  await card
    .getByText(/officer 확인|확인$/)
    .first()
    .waitFor()
  await eventually(async () =>
    (await product.get<{ detector: string; state: string }[]>('/api/alarms')).some(
      one => one.detector === 'seal-opened' && one.state === 'acknowledged',
    )
      ? true
      : undefined,
  )
  await card.getByRole('button', { name: '위치 묻기', exact: true }).click()
  await card.getByLabel('까닭 (감사 기록에 남음)').fill('지금 어디인지')
  await card.getByRole('button', { name: '위치 묻기 보내기' }).click()
  await card.locator('.seal-line__commands li', { hasText: '지금 어디인지' }).waitFor()
  await card.getByRole('slider', { name: '여정 다시 보기' }).fill('100')
  await card.getByText(/과거 .* 보는 중/).waitFor()
  await card.getByRole('button', { name: '지금으로' }).click()
})

test('the list is sorted, narrowed and saved as a sheet', async () => {
  const journeys = region('journeys')
  await journeys.getByRole('button', { name: '전지', exact: true }).click()
  await journeys.locator('th[aria-sort="ascending"]', { hasText: '전지' }).waitFor()
  await journeys.getByLabel('위험', { exact: true }).selectOption('high')
  await journeys.getByText('조건에 맞는 운송이 없습니다').waitFor()
  await journeys.getByLabel('위험', { exact: true }).selectOption('')
  const [download] = await Promise.all([page.waitForEvent('download'), journeys.getByRole('button', { name: 'CSV' }).click()])
  const csv = readFileSync(await download.path(), 'utf8')
  const [heads, first] = csv.split('\r\n')
  expect(heads?.startsWith('\uFEFF컨테이너번호,상태,차량번호,')).toBe(true)
  expect(first?.startsWith('TEMU1234565,개봉 운송 중,부산81아0000,부산신항,의왕 ICD,')).toBe(true)
})

test('the situation room shows the alarm with its container, and one key makes an incident of the journey', async () => {
  await page.goto(`${product.url}/#/situation`)
  // It was acknowledged from the card.
  await page.getByRole('tab', { name: /처리 중/ }).click()
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
