// Incidents as officers use them, in two real browsers against the real product: a report stands on another desk within a second; orders, corrections, photos; a line that
// breaks while a report is written; an alarm that becomes an incident with one key.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, signedInContext } from '#testkit/browser.ts'
import { distressCall } from '#testkit/distress.ts'
import { connectTo, eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
let [here, there]: [Page?, Page?] = []
let contexts: BrowserContext[] = []
let feedPort = 0
const troubles: string[] = []
/** Live lines that each page opened. */
const lines: string[][] = []

interface List {
  readonly incidents: readonly { readonly id: string; readonly number: string; readonly title: string; readonly steps: number }[]
}
const listed = async (words: string): Promise<List['incidents']> =>
  (await product.get<List>(`/api/incidents?q=${encodeURIComponent(words)}`)).incidents
const desk = (page: Page | undefined): Page => {
  if (!page) throw new Error('the page is not open')
  return page
}

beforeAll(async () => {
  feedPort = await freePort()
  ;[browser, product] = await Promise.all([
    openBrowser(),
    startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?name=incidents`]),
  ])
  contexts = await Promise.all(
    [0, 1].map(() => signedInContext(browser, product, { locale: 'ko-KR', viewport: { width: 1920, height: 1080 } })),
  )
  ;[here, there] = await Promise.all(contexts.map(context => context.newPage()))
  for (const page of [desk(here), desk(there)]) {
    page.on('pageerror', error => troubles.push(error.message))
    const opened: string[] = []
    lines.push(opened)
    page.on('websocket', line => opened.push(line.url()))
    await page.goto(`${product.url}/#/incidents`)
    await page.getByRole('button', { name: /사건 등록/ }).waitFor()
  }
})

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await here?.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  folder.remove()
})

test('a desk has one live line', () => {
  expect(lines.map(opened => opened.length)).toEqual([1, 1])
})

// Within a second: mangru bench accounts measures that.
test('a plain report takes three acts by keyboard and comes to another desk by itself', async () => {
  const [one, other] = [desk(here), desk(there)]
  await one.keyboard.press('KeyI')
  await one.locator('.report-form__text').waitFor()
  await one.keyboard.type('감천 5부두 서쪽 끝 불 끈 소형 보트 1척, 사람 2명이 상자 옮김')
  await one.locator('.token', { hasText: '감천 5부두 서쪽 끝' }).waitFor()
  await one.keyboard.press('Control+Enter')
  await other.locator('.incident-item', { hasText: '불 끈 소형 보트' }).waitFor()
  await one.locator('.incident__title', { hasText: '불 끈 소형 보트' }).waitFor()
  const [incident] = await listed('보트')
  expect(await product.get(`/api/incidents/${incident?.id}`)).toMatchObject({
    kind: 'suspicious-act',
    place: { label: '감천 5부두 서쪽 끝' },
  })
})

test('the other desk opens it: it is read; an order and its answer stand in both threads', async () => {
  const [one, other] = [desk(here), desk(there)]
  await other.locator('.incident-item', { hasText: '불 끈 소형 보트' }).click()
  // The hand leaves the list: what comes may enter.
  await other.locator('.incident__head').click()
  await one
    .getByText(/읽음 1\/1/)
    .first()
    .waitFor()
  await one.locator('.incident__head').click()
  await one.keyboard.press('KeyO')
  await one.keyboard.type('순찰정을 보내고 결과 보고')
  await one.keyboard.press('Control+Enter')
  const order = other.locator('.incident__thread .order-card', { hasText: '순찰정을 보내고' })
  await order.waitFor()
  await order.getByRole('button', { name: '확인하고 맡음' }).click()
  await one.locator('.order-card', { hasText: '맡음' }).first().waitFor()
  await other.locator('[data-incident-answer]').fill('부산-3 출동, 도착 12분')
  await other.keyboard.press('Enter')
  await one.getByText('부산-3 출동, 도착 12분').waitFor()
})

test('a correction keeps the earlier wording, struck through', async () => {
  const one = desk(here)
  await one.locator('.incident__head').click()
  await one.keyboard.press('KeyU')
  await one.locator('.sheet textarea').fill('감천 5부두 서쪽 끝 소형 보트 2척')
  await one.keyboard.press('Control+Enter')
  await one.locator('.step s', { hasText: '소형 보트 1척' }).waitFor()
  await desk(there).locator('.incident__title', { hasText: '소형 보트 2척' }).waitFor()
})

test('a photo is made small here, uploaded, and seen on the other desk; its original has its hash', async () => {
  const [one, other] = [desk(here), desk(there)]
  // Made in the browser: a real JPEG of a real encoder.
  const bytes = await one.evaluate<number[]>(`(async () => {
    const canvas = new OffscreenCanvas(1600, 1200)
    const c = canvas.getContext('2d')
    c.fillStyle = '#246'
    c.fillRect(0, 0, 1600, 1200)
    c.fillStyle = '#fa3'
    c.fillRect(300, 300, 500, 400)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
    return [...new Uint8Array(await blob.arrayBuffer())]
  })()`)
  await one.keyboard.press('Escape')
  await one.locator('.incident__head').click()
  await one.keyboard.press('KeyI')
  await one.locator('.report-form__text').fill('감천 3부두 선측 상자 3개')
  const photo = { mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }
  await one.locator('[data-incident-files]').setInputFiles([
    { name: '현장.jpg', ...photo },
    { name: '상자.jpg', ...photo },
  ])
  await one.locator('.report-form figcaption .tick').nth(1).waitFor()
  await one.locator('.report-form__text').press('Control+Enter')
  await one.locator('.incident__title', { hasText: '상자 3개' }).waitFor()
  await other.locator('.incident-item', { hasText: '상자 3개' }).click()
  await other.locator('.incident__head').click()
  const small = other.locator('.incident__facts .file-thumb img').first()
  await small.waitFor()
  await eventually(async () => ((await small.evaluate(image => Number(Reflect.get(image, 'naturalWidth')) > 0)) ? true : undefined))
  const [incident] = await listed('상자 3개')
  const full = await product.get<{ attachments: { id: string; sha256: string; type: string }[] }>(`/api/incidents/${incident?.id}`)
  expect(full.attachments).toHaveLength(2)
  const original = await fetch(`${product.url}/api/attachments/${full.attachments[0]?.id}/original?reason=test`, {
    headers: product.headers,
  })
  expect(Buffer.from(await original.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  expect(original.headers.get('content-security-policy')).toContain('sandbox')
})

test('a report written and sent without a line, over a reload, is there once when the line is back', async () => {
  const [context, one] = [contexts[0], desk(here)]
  await one.locator('.incident__head').click()
  await one.keyboard.press('KeyI')
  await one.locator('.report-form__text').fill('신항 정전으로 카메라 4대 꺼짐')
  await context?.setOffline(true)
  await one.locator('.report-form__text').press('Control+Enter')
  await one
    .getByText(/연결을 기다림|보내는 중/)
    .first()
    .waitFor()
  expect(await listed('정전')).toEqual([])
  await context?.setOffline(false)
  await one.reload()
  const found = await eventually(async () => {
    const list = await listed('정전')
    return list.length > 0 ? list : undefined
  })
  expect(found).toHaveLength(1)
  await one.locator('.incident-item', { hasText: '정전' }).waitFor()
  expect((await listed('정전')).map(incident => incident.steps)).toEqual([1])
})

test('a draft is there again after a reload', async () => {
  const one = desk(here)
  await one.locator('.incident-item').first().click()
  await one.keyboard.press('KeyI')
  await one.locator('.report-form__text').fill('쓰다 만 보고')
  await one
    .getByText(/초안 저장됨/)
    .first()
    .waitFor()
  await one.reload()
  await one.locator('.incident-item').first().waitFor()
  await one.locator('.incident__head, .state').first().click()
  await one.keyboard.press('KeyI')
  await eventually(async () => ((await one.locator('.report-form__text').inputValue()) === '쓰다 만 보고' ? true : undefined))
  await one.getByRole('button', { name: '초안 버림' }).click()
  await one.getByRole('button', { name: '정말 버림' }).click()
})

test('the list does not move under the hand: what comes gathers beside it', async () => {
  const other = desk(there)
  await other.locator('.incident-item').first().hover()
  const before = await other.locator('.incident-item__title').allTextContents()
  await product.post('/api/incidents', { id: 'gathered-0001', text: '목포 북항 안개로 출항 연기', kind: 'weather' })
  await other.getByRole('button', { name: /새 보고 1건/ }).waitFor()
  expect(await other.locator('.incident-item__title').allTextContents()).toEqual(before)
  await other.mouse.move(1500, 600)
  await other.locator('.incident-item__title', { hasText: '목포 북항' }).waitFor()
})

test('an alarm becomes an incident with one key, with its ship, place and reason, and only one', async () => {
  const one = desk(here)
  const socket = await connectTo(feedPort)
  await new Promise<void>(done => socket.write(distressCall(970_555_001), () => done()))
  socket.destroy()
  const alarm = await eventually(async () =>
    (await product.get<{ id: string; ships: number[] }[]>('/api/alarms')).find(one => one.ships.includes(970_555_001)),
  )
  await one.goto(`${product.url}/#/situation?on=alarm:${alarm.id}`)
  await one.locator(`[data-alarm="${alarm.id}"]`).click()
  await one.keyboard.press('KeyI')
  await one.locator('.incident__title').waitFor()
  const incident = await product.get<{ links: { kind: string; id: string }[]; place: { lat: number }; urgency: number }>(
    `/api/incidents/alarm-${alarm.id}`,
  )
  expect(incident).toMatchObject({ urgency: 1, place: { lat: expect.closeTo(34.8, 3) } })
  expect(incident.links.map(link => link.kind)).toEqual(['alarm', 'ship'])
  await product.post(`/api/alarms/${alarm.id}/acknowledge`, { deedId: 'ack-1' })
  await one.locator('.step', { hasText: '경보 확인' }).waitFor()
  await one.goto(`${product.url}/#/situation?on=alarm:${alarm.id}`)
  await one.locator('[data-region="dossier"]', { hasText: '970555001' }).waitFor()
  await one.keyboard.press('KeyI')
  await one.locator('.incident__title').waitFor()
  expect((await product.get<List>('/api/incidents?limit=200')).incidents.filter(one => one.id === `alarm-${alarm.id}`)).toHaveLength(1)
})

test('a link of another room opens a report that begins with what it is about; raised as an alarm it is one', async () => {
  const one = desk(here)
  await one.goto(`${product.url}/#/incidents/new:camera:${encodeURIComponent('부산 43')}`)
  await one.locator('.report-form .token', { hasText: '부산 43' }).waitFor()
  await one.locator('.report-form__text').fill('카메라 앞 소형차가 상자를 실음')
  await one.getByRole('button', { name: '경보로 올림' }).click()
  await one.locator('.link-row', { hasText: '연계 전' }).waitFor()
  await eventually(async () =>
    (await product.get<{ detector: string }[]>('/api/alarms')).find(alarm => alarm.detector === 'incident-raised'),
  )
})

test('no page had a fault', () => expect(troubles).toEqual([]))
