// Telling people in a real browser: a seal that speaks its protocol over TCP is opened, the officer's text is taken by an operator's message centre, the answer by text is seen as it comes;
// rules are changed and tried on screen, a test goes to oneself, what cannot be reached says so.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TellingRules } from '#alerts/schema.ts'
import { SEAL_PROTOCOLS } from '#seals/protocols/index.ts'
import { openBrowser, signedInPage } from '#testkit/browser.ts'
import { createMessageCentre, type MessageCentre } from '#testkit/message-centre.ts'
import { connectTo, eventually, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
const jt808 = SEAL_PROTOCOLS.find(one => one.name === 'jt808')!
const DEVICE = '013912344377'
const OFFICER_PHONE = '01010000077'
const OWN_PHONE = '010-1000-0088'
const troubles: string[] = []
let browser: Browser
let product: RunningProduct
let centre: MessageCentre
let page: Page
let feedPort = 0
let serial = 1

async function say(change: object): Promise<void> {
  const socket = await connectTo(feedPort)
  const bytes = jt808.device.encode({
    deviceId: DEVICE,
    sentAtMs: Math.floor(Date.now() / 1000) * 1000,
    lat: 35.078,
    lon: 128.828,
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
const textsTo = (number: string) =>
  centre
    .texts()
    .filter(one => one.to === number)
    .map(one => one.text)
const picture = async (name: string): Promise<void> => {
  const to = process.env.MANGRU_E2E_PICTURES
  if (!to) return
  const toasts = page.locator('.toasts')
  await toasts.evaluate(one => one.style.setProperty('display', 'none'))
  await page.screenshot({ path: join(to, `${name}.png`) })
  await toasts.evaluate(one => one.style.removeProperty('display'))
}
const openTab = async (name: string): Promise<void> => {
  await page.goto(`${product.url}/#/telling`)
  await page.getByRole('tab', { name }).click()
}

beforeAll(async () => {
  feedPort = await freePort()
  centre = await createMessageCentre()
  const config = join(dirname(folder.path), `${folder.path.split('/').at(-1)}.yaml`)
  writeFileSync(
    config,
    `channels:
  operator:
    kind: sms-smpp
    host: 127.0.0.1
    port: ${centre.port}
    systemId: mangru
    password: sesame
    sender: "15880000"
    wonPerPart: 20
`,
  )
  ;[browser, product] = await Promise.all([
    openBrowser(),
    startProduct(folder.path, ['--no-demo', '--config', config, '--feed', `tcp-server://127.0.0.1:${feedPort}?kind=jt808&name=seal-a`]),
  ])
  page = await signedInPage(browser, product, { locale: 'ko-KR', viewport: { width: 1920, height: 1080 } })
  page.on('pageerror', error => troubles.push(error.message))
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await centre?.close()
  folder.remove()
})

test('before anything was sent the page says so; the channel that is configured works, every other kind is off', async () => {
  await openTab('길과 기록')
  await region('telling-log').getByText('보낸 것이 없습니다').waitFor()
  await region('telling-replies').getByText('받은 답이 없습니다').waitFor()
  await page.locator('[data-channel="operator"]').getByText('● 정상').waitFor()
  expect(await region('telling-channels').getByText('꺼짐 · 설정하지 않음').count()).toBe(7)
})

test('a text is shown as the operator would get it, with its letters and parts', async () => {
  const channels = region('telling-channels')
  await channels.getByLabel('문안', { exact: true }).selectOption('seal')
  await channels.getByRole('button', { name: '문안 미리보기' }).click()
  await channels.getByText(/2통 · \d+자 · ucs-2 · 40원/).waitFor()
  await channels.locator('blockquote', { hasText: '무단 개봉 MSKU0000003' }).waitFor()
})

test('a number is one’s own once its code came back; then a test by this channel goes to oneself', async () => {
  expect(await page.locator('[data-channel="operator"]').getByRole('button', { name: '나에게 시험' }).isDisabled()).toBe(true)
  await openTab('내 번호')
  const mine = region('telling-mine')
  await mine.getByText('아직 없습니다').waitFor()
  await mine.getByLabel('전화번호나 메일 주소').fill(OWN_PHONE)
  await mine.getByRole('button', { name: '코드 받기' }).click()
  const code = await eventually(async () => textsTo('01010000088')[0]?.match(/\d{6}/)?.[0])
  await mine.getByLabel('받은 코드').fill(code)
  await mine.getByRole('button', { name: '확인', exact: true }).click()
  await mine.getByText('확인됨').first().waitFor()
  await openTab('길과 기록')
  await page.locator('[data-channel="operator"]').getByRole('button', { name: '나에게 시험' }).click()
  await eventually(async () => textsTo('01010000088').find(one => one.startsWith('[망루] 시험 문자입니다')))
  await region('telling-log').locator('tr', { hasText: '시험 문자입니다' }).getByText('접수').waitFor()
  expect(
    await region('telling-log')
      .getByText(/\d{6} \(10분/)
      .count(),
  ).toBe(0)
})

test('a rule is added as a sentence, refused with its place while it cannot be, saved, and stands in the history', async () => {
  await openTab('규칙')
  const list = region('telling-rules')
  const editor = region('telling-rule')
  await list.getByText('봉인 긴급').first().waitFor()
  await list.getByText(/경보 종류 모두 · 대상 봉인 운송, 봉인, 컨테이너 · 수준 비상, 긴급 · 장소 모두/).waitFor()
  await list.getByText(/→ 운송 담당자\(양쪽\), 그곳 당직자에게 문자 → 30초 뒤/).waitFor()
  await list.getByRole('button', { name: '새 규칙' }).first().click()
  await editor.getByLabel('이름(한국어)').fill('부산 무단 개봉')
  await editor.getByLabel('이름(영어)').fill('Busan, opened')
  const kinds = editor.getByRole('group', { name: '경보 종류' })
  await kinds.getByLabel('모두').uncheck()
  await editor.getByText('하나 이상 고르거나').waitFor()
  await kinds.getByLabel('무단 개봉').check()
  await editor.getByRole('group', { name: '장소' }).getByLabel('모두').uncheck()
  await editor.getByRole('group', { name: '장소' }).getByLabel('부산본부세관', { exact: true }).check()
  await editor.getByRole('button', { name: '기다림 더하기' }).click()
  await editor.getByLabel('기다림', { exact: true }).fill('1')
  await editor.getByText('기다림은 5초에서 하루까지입니다').waitFor()
  expect(await list.getByRole('button', { name: '저장' }).isDisabled()).toBe(true)
  await editor.getByLabel('기다림', { exact: true }).fill('180')
  await editor.getByRole('button', { name: '알림 더하기', exact: true }).click()
  await list.getByText('경보 종류 무단 개봉 · 수준 모두 · 장소 부산본부세관').waitFor()
  await list.getByText('→ 그곳 당직자에게 문자 → 3분 뒤 상급 기관 당직자에게 문자·전화').waitFor()
  expect(await list.getByText(/저장하지 않은 변경/).textContent()).toBe('저장하지 않은 변경 10가지')
  await list.getByRole('button', { name: '부산 무단 개봉 켜기' }).click()
  await list.getByRole('button', { name: '되돌리기' }).click()
  await list.getByRole('button', { name: '부산 무단 개봉 켜기' }).waitFor()
  await list.getByRole('button', { name: '저장' }).click()
  await region('telling-history').getByText('1판').waitFor()
  expect(await region('telling-history').locator('li').first().locator('.note').textContent()).toBe(
    '규칙 ‘부산 무단 개봉’, 단계 ‘부산 무단 개봉’',
  )
  const kept = await product.get<TellingRules>('/api/telling/rules')
  expect(kept.rules[0]).toMatchObject({ ko: '부산 무단 개봉', isOn: false, detectors: ['seal-opened'], organisations: ['busan'] })
})

test('‘if this alarm came’ names whom, when and in which words, and shows the holes of the roster; nobody is told', async () => {
  const asked = centre.asked()
  const trial = region('telling-try')
  await trial.getByLabel('경보 종류').selectOption('seal-opened')
  await trial.getByRole('button', { name: '해 보기' }).click()
  await trial.getByText('규칙: 봉인 긴급').waitFor()
  await trial.getByText('출발지 담당자').first().waitFor()
  await trial
    .getByText(/근무표 빈 곳: .*당직자/)
    .first()
    .waitFor()
  await picture('telling-rules')
  expect(centre.asked()).toBe(asked)
})

test('an opened seal: the officer’s text is taken by the operator, and the answer ‘1 NN’ is seen on the open card as it comes', async () => {
  const stocked = await product.post('/api/seals', {
    seals: [{ protocol: 'jt808', deviceId: DEVICE, number: 'S-77', organisation: 'busan' }],
  })
  expect(stocked.status, JSON.stringify(stocked.body)).toBeLessThan(300)
  const seal = `jt808:${DEVICE}`
  const planned = await product.post<{ id: string }>('/api/journeys', {
    id: 'E2E-TELLING',
    container: 'TEMU1234565',
    vehicle: '부산81아0000',
    origin: { name: '부산신항', lat: 35.078, lon: 128.828 },
    destination: { name: '의왕 ICD', lat: 37.35, lon: 126.95 },
    officers: { origin: [], destination: [{ name: '의왕 담당', phone: '010-1000-0077' }] },
    seals: [{ seal }],
  })
  expect(planned.status, JSON.stringify(planned.body)).toBeLessThan(300)
  await product.post('/api/journeys/E2E-TELLING/deeds', { id: 'fit-1', deed: 'fit', seal, container: 'TEMU1234565' })
  await say({ sentAtMs: Date.now() - 240_000, event: 'sealed-automatically' })
  await say({ sentAtMs: Date.now() + 20_000, lat: 35.16, lon: 128.8, speedKmh: 70 })
  await say({ sentAtMs: Date.now() + 60_000, lat: 35.2, lon: 128.79, speedKmh: 20, locked: false, event: 'opened-while-sealed' })
  const text = await eventually(async () => textsTo(OFFICER_PHONE).find(one => one.includes('무단 개봉')))
  expect(text).toMatch(/^\[망루 긴급\] 무단 개봉 TEMU1234565 부산81아0000 부산신항→의왕 ICD/)
  const code = text.match(/"1 (\d\d)"/)?.[1] ?? ''
  await page.goto(`${product.url}/#/situation`)
  await page.locator('[data-alarm]', { hasText: '무단 개봉' }).click()
  const notices = page.getByLabel('알린 사람')
  await notices.getByText('통신사 접수').first().waitFor()
  let asked = 0
  page.on('request', request => {
    if (/\/api\/alarms\/[^/]+\/telling$/.test(request.url())) asked++
  })
  // Of every part of the text.
  for (const part of centre.got.filter(one => one.to === OFFICER_PHONE)) centre.receipt(part)
  await notices.getByText('도착').first().waitFor()
  centre.reply(OFFICER_PHONE, `1 ${code}`)
  await notices.getByText('응답함').waitFor()
  await notices.locator('li.is-answered', { hasText: '의왕 담당' }).waitFor()
  // News, not a poll: about as often as something changed.
  expect(asked).toBeLessThan(12)
  const alarms = await product.get<{ detector: string; state: string }[]>('/api/alarms')
  expect(alarms.find(one => one.detector === 'seal-opened')?.state).toBe('acknowledged')
  await picture('telling-answered')
})

test('a false alarm is taken back by text, and the log shows both with their cost', async () => {
  const alarms = await product.get<{ id: string; detector: string }[]>('/api/alarms')
  const id = alarms.find(one => one.detector === 'seal-opened')?.id ?? ''
  const rules = await product.get<TellingRules>('/api/telling/rules')
  expect(rules.closing.isOn).toBe(true)
  expect((await product.post(`/api/alarms/${encodeURIComponent(id)}/resolve`, { outcome: 'false', note: '훈련' })).status).toBe(200)
  await openTab('길과 기록')
  const log = region('telling-log')
  await log.locator('tr', { hasText: '[망루 경보 취소]' }).waitFor({ timeout: 90_000 })
  expect(await eventually(async () => textsTo(OFFICER_PHONE).find(one => one.startsWith('[망루 경보 취소]')))).toContain('TEMU1234565')
  await region('telling-replies').getByText('확인', { exact: true }).waitFor()
  await log.getByLabel('종류').selectOption('closing')
  await log.locator('tr', { hasText: '무단 개봉 TEMU1234565 부산81아0000 부산신항' }).waitFor({ state: 'detached' })
  await log.getByText(/1건 · \d통 · \d+원/).waitFor()
  await log.getByLabel('종류').selectOption('')
  await picture('telling-log')
})

test('an operator that is gone is said to be, with why; a page that cannot be loaded says so and is asked for again', async () => {
  await openTab('길과 기록')
  await centre.close()
  await page.locator('[data-channel="operator"] .is-bad').waitFor({ timeout: 60_000 })
  await picture('telling-dead')
  await page.route('**/api/telling/messages?*', route =>
    route.fulfill({ status: 500, contentType: 'application/json', body: '{"detail":"디스크 오류"}' }),
  )
  await region('telling-log').getByLabel('상태', { exact: true }).selectOption('failed')
  await region('telling-log').getByText('디스크 오류').waitFor()
  await page.unroute('**/api/telling/messages?*')
  await region('telling-log').getByRole('button', { name: '다시' }).click()
  await region('telling-log').getByText('디스크 오류').waitFor({ state: 'detached' })
})

test('in English every word of it is English', async () => {
  await page.getByRole('button', { name: 'EN', exact: true }).click()
  await page.getByRole('tab', { name: 'Rules' }).click()
  await region('telling-rules').getByText('Seals, critical').first().waitFor()
  await region('telling-rules')
    .getByText(/officers of the journey \(both ends\), on duty at that place by Text/)
    .first()
    .waitFor()
  expect(troubles).toEqual([])
})
