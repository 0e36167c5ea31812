// Two officers at two desks with what makes a feed a tool: its order, merging, calling by name, reminding, an order past its time, tables for spreadsheets, names that are masked;
// and a desk whose browser stands in another country, where the clocks change. Reports come by the API: how they are written is incidents.test.ts.
import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POSTS } from '#base/index.ts'
import { openBrowser } from '#testkit/browser.ts'
import { cookiesOf, eventually, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
let pages: readonly Page[] = []
const troubles: string[] = []
/** Software GL on a machine that does other things too. */
const WAIT_MS = 60_000
const LONG = 240_000

const KIM = { id: 'kim', name: '김당직' }
const LEE = { id: 'lee', name: '이당직' }
const page = (n: 0 | 1): Page => {
  const one = pages[n]
  if (!one) throw new Error('the page is not open')
  return one
}
async function openDesk(cookie: string, more: { readonly timezoneId?: string } = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ locale: 'ko-KR', viewport: { width: 1920, height: 1080 }, ...more })
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: product.url }])
  context.setDefaultTimeout(WAIT_MS)
  const opened = await context.newPage()
  opened.on('pageerror', error => troubles.push(error.message))
  await opened.goto(`${product.url}/#/incidents`)
  await opened.getByRole('button', { name: /사건 등록/ }).waitFor()
  return opened
}
async function report(id: string, text: string, more: object = {}): Promise<void> {
  const { status, body } = await product.post('/api/incidents', { id, text, ...more })
  if (status !== 201) throw new Error(JSON.stringify(body))
}
/** What waits for this person, in the list's own tab. */
const inbox = (one: Page) => one.locator('.incident-inbox .call-card')
const titles = (one: Page): Promise<string[]> => one.locator('.incident-item__title').allTextContents()
const openOne = async (one: Page, id: string): Promise<void> => {
  await one.keyboard.press('Escape')
  await one.goto(`${product.url}/#/incidents/${id}`)
  await one.locator('.incident__title').waitFor()
  await one.locator('.incident__head').click()
}

let cookies: readonly string[] = []
beforeAll(async () => {
  const appointments = POSTS.map(post => ({ post, organisation: 'hq' }))
  cookies = await cookiesOf(
    folder.path,
    [KIM, LEE].map(one => ({ ...one, organisation: 'hq', appointments })),
  )
  ;[browser, product] = await Promise.all([openBrowser(), startProduct(folder.path, ['--no-demo'])])
  await report('first-000001', '감천 1부두 상자 옮김')
  await report('second-00001', '감천 2부두 불 끈 보트')
  await report('third-000001', '신항 정전으로 카메라 꺼짐')
  pages = await Promise.all(cookies.map(cookie => openDesk(cookie)))
}, LONG)

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE)
    for (const [n, one] of pages.entries()) await one.screenshot({ path: process.env.MANGRU_E2E_PICTURE.replace('.png', `-${n}.png`) })
  await browser?.close()
  await product?.stop()
  folder.remove()
}, LONG)

test(
  'the list goes by the newest report, or by the last change: what is answered comes to the top; the link opens it so',
  async () => {
    const one = page(0)
    await one.locator('.incident-item').nth(2).waitFor()
    expect(await titles(one)).toEqual(['신항 정전으로 카메라 꺼짐', '감천 2부두 불 끈 보트', '감천 1부두 상자 옮김'])
    await one.getByRole('combobox', { name: '최근 보고 순' }).selectOption('changed')
    await eventually(async () => (one.url().includes('sort') ? true : undefined), WAIT_MS)
    await one.mouse.move(1200, 600)
    await one.locator('body').click({ position: { x: 1200, y: 600 } })
    await product.post('/api/incidents/first-000001/answers', { deedId: 'answer-00001', text: '현장 도착' })
    await eventually(async () => ((await titles(one))[0] === '감천 1부두 상자 옮김' ? true : undefined), WAIT_MS)
    await one.reload()
    await eventually(async () => ((await titles(one))[0] === '감천 1부두 상자 옮김' ? true : undefined), WAIT_MS)
    expect(await titles(one)).toEqual(['감천 1부두 상자 옮김', '신항 정전으로 카메라 꺼짐', '감천 2부두 불 끈 보트'])
    await one.getByRole('combobox', { name: '최근 보고 순' }).selectOption('')
    await eventually(async () => ((await titles(one))[0] === '신항 정전으로 카메라 꺼짐' ? true : undefined), WAIT_MS)
  },
  LONG,
)

test(
  'two files put on an answer at once are both there',
  async () => {
    const one = page(0)
    await openOne(one, 'first-000001')
    const photo = await one.evaluate<number[]>(`(async () => {
      const canvas = new OffscreenCanvas(320, 240)
      canvas.getContext('2d').fillRect(0, 0, 100, 100)
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())]
    })()`)
    const file = { mimeType: 'image/jpeg', buffer: Buffer.from(photo) }
    await one.locator('.answer input[type=file]').setInputFiles([
      { name: '앞.jpg', ...file },
      { name: '뒤.jpg', ...file },
    ])
    await one.locator('.answer .chip', { hasText: '뒤.jpg' }).waitFor()
    expect(await one.locator('.answer .chip').allTextContents()).toEqual([
      expect.stringContaining('앞.jpg'),
      expect.stringContaining('뒤.jpg'),
    ])
    await one.locator('[data-incident-answer]').fill('사진 두 장')
    await one.locator('[data-incident-answer]').press('Enter')
    const both = await eventually(async () => {
      const { attachments } = await product.get<{ attachments: { name: string }[] }>('/api/incidents/first-000001')
      return attachments.length === 2 ? attachments : undefined
    }, WAIT_MS)
    expect(both.map(one => one.name)).toEqual(['앞.jpg', '뒤.jpg'])
  },
  LONG,
)

test(
  'M relates two and merges two; what was merged says where it went, and is written to no more',
  async () => {
    const one = page(0)
    await openOne(one, 'second-00001')
    await one.keyboard.press('KeyM')
    await one.locator('.sheet .join-list .choice', { hasText: '상자 옮김' }).click()
    await one.keyboard.press('Control+Enter')
    await one.locator('.incident__facts .link-row', { hasText: '상자 옮김' }).waitFor()
    await one.locator('.incident__head').click()
    await one.keyboard.press('KeyM')
    await one.locator('.sheet').getByText('저 사건에 묶기').click()
    await one.getByLabel('어느 사건').first().fill('정전')
    await one.locator('.sheet .join-list .choice', { hasText: '정전' }).click()
    await one.keyboard.press('Control+Enter')
    await one.locator('.incident__title', { hasText: '정전' }).waitFor()
    await openOne(one, 'second-00001')
    await one
      .getByText(/「신항 정전으로 카메라 꺼짐」에 묶임/)
      .first()
      .waitFor()
    expect(await one.locator('[data-incident-answer]').count()).toBe(0)
    expect(await product.get('/api/incidents/second-00001')).toMatchObject({ state: 'closed' })
  },
  LONG,
)

test(
  'who is named by @ is called: it is said on their desk, waits in their inbox, and goes when they have looked',
  async () => {
    const [one, other] = [page(0), page(1)]
    await openOne(one, 'third-000001')
    await one.locator('[data-incident-answer]').click()
    await one.keyboard.type('@이당')
    await one.locator('.name-offers [role=option]', { hasText: '이당직' }).waitFor()
    await one.keyboard.press('Enter')
    await one.keyboard.type('카메라 확인 바람')
    await one.keyboard.press('Enter')
    await one.locator('.step', { hasText: '카메라 확인 바람' }).waitFor()
    const tab = other.getByRole('tab', { name: /받은 일/ })
    await tab.locator('.badge', { hasText: '1' }).waitFor()
    await tab.click()
    await inbox(other).filter({ hasText: '이름을 부름' }).click()
    await other.locator('.incident__title', { hasText: '정전' }).waitFor()
    await eventually(async () => ((await inbox(other).count()) === 0 ? true : undefined), WAIT_MS)
    await other.getByRole('tab', { name: '사건 목록' }).click()
  },
  LONG,
)

test(
  'who has not read is reminded with one press, and it waits in their inbox',
  async () => {
    const [one, other] = [page(0), page(1)]
    await report('unread-00001', '북항 안개로 출항 연기')
    await openOne(one, 'unread-00001')
    await one.locator('.receipts__line', { hasText: '안 읽음' }).first().click()
    await one.locator('.receipts', { hasText: '이당직' }).getByRole('button', { name: '다시 알림' }).click()
    await one.getByText(/명에게 다시 알렸습니다/).waitFor()
    await other.getByRole('tab', { name: /받은 일/ }).click()
    await inbox(other).filter({ hasText: '북항 안개' }).waitFor()
    expect(await inbox(other).first().textContent()).toContain('다시 알림')
    await other.getByRole('tab', { name: '사건 목록' }).click()
  },
  LONG,
)

test(
  'an order past its time is an alarm of the room, and is over when it is done',
  async () => {
    const one = page(0)
    const due = new Date(Date.now() + 3000).toISOString()
    const given = await product.post('/api/incidents/third-000001/orders', {
      deedId: 'order-000001',
      text: '정전 원인 보고',
      to: { organisation: 'hq' },
      due,
    })
    expect(given.status).toBeLessThan(300)
    const overdue = async () =>
      (await product.get<{ id: string; detector: string }[]>('/api/alarms')).find(alarm => alarm.detector === 'order-overdue')
    const alarm = await eventually(overdue, WAIT_MS)
    await openOne(one, 'third-000001')
    await one.locator('.order-card', { hasText: '정전 원인 보고' }).first().waitFor()
    await one.goto(`${product.url}/#/situation`)
    await one.locator(`[data-alarm="${alarm.id}"]`, { hasText: '정전 원인 보고' }).waitFor()
    await product.post('/api/orders/order-000001/done', { deedId: 'done-0000001', text: '차단기 교체' })
    await eventually(async () => {
      const ended = await product.get<{ id: string; endedAt?: string; to?: string }[]>('/api/alarms')
      return ended.some(one => one.id === alarm.id && one.endedAt === undefined && one.to === undefined) ? undefined : true
    }, WAIT_MS)
    await one.goto(`${product.url}/#/incidents`)
    await one.getByRole('button', { name: /사건 등록/ }).waitFor()
  },
  LONG,
)

test(
  'the list comes as CSV and XLSX: what is shown, in Korean, without a formula',
  async () => {
    const one = page(0)
    await report('formula-0001', '=HYPERLINK("http://x.invalid") 수상한 제목', { place: { label: '+82 부두' } })
    await one.locator('.incident-item', { hasText: 'HYPERLINK' }).waitFor()
    const take = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([one.waitForEvent('download'), one.getByRole('button', { name, exact: true }).click()])
      return readFile(await download.path())
    }
    const csv = (await take('CSV')).toString('utf8')
    expect(csv.startsWith('\uFEFF사건번호')).toBe(true)
    expect(csv).toContain('정전으로')
    expect(csv).not.toMatch(/(^|,)"?[=+]/m)
    const parts = Object.entries(unzipSync(await take('XLSX'))).filter(([name]) => name.endsWith('.xml'))
    const xml = parts.map(([, bytes]) => Buffer.from(bytes).toString('utf8')).join('\n')
    expect(xml).toContain('HYPERLINK')
    expect(xml).not.toMatch(/<f[\s>]/)
  },
  LONG,
)

test(
  'a name is masked until a reason is given; the look is in the trail, and the name goes with the sheet',
  async () => {
    const one = page(1)
    await report('people-00001', '선원 1명 무단 상륙', {
      people: [{ id: 'person-00001', role: 'suspect', name: '홍길동', document: 'M1234' }],
    })
    await openOne(one, 'people-00001')
    await one.locator('.incident__facts', { hasText: '홍○○' }).waitFor()
    expect(await one.content()).not.toContain('홍길동')
    await one.getByRole('button', { name: '인적 사항 보기' }).click()
    await one.keyboard.press('Control+Enter')
    expect(await one.content()).not.toContain('홍길동')
    await one.locator('.sheet input').fill('신원 조회')
    await one.keyboard.press('Control+Enter')
    await one.locator('.sheet td', { hasText: '홍길동' }).waitFor()
    await one.keyboard.press('Escape')
    await one.locator('.sheet').waitFor({ state: 'detached' })
    expect(await one.content()).not.toContain('홍길동')
    const trail = JSON.stringify(await product.get('/api/audit?limit=200'))
    expect(trail).toContain('incident.look-people')
    expect(trail).toContain('신원 조회')
  },
  LONG,
)

// 2026-03-08 02:00 EST → 03:00 EDT and 2026-11-01 02:00 EDT → 01:00 EST.
test(
  'on a browser in New York every time is Korean, also in the hours its clocks skip or repeat',
  async () => {
    const one = await openDesk(cookies[0] ?? '', { timezoneId: 'America/New_York' })
    try {
      await report('dst-00000001', '미국 시각 시험', { occurredAt: '2026-03-08T07:30:00Z' })
      await openOne(one, 'dst-00000001')
      await one.locator('.incident__facts', { hasText: '16:30' }).waitFor()
      // A wall time of Korea that does not exist in New York, then one that is there twice.
      for (const [typed, utc] of [
        ['2026-03-08T02:30', '2026-03-07T17:30:00.000Z'],
        ['2026-11-01T01:30', '2026-10-31T16:30:00.000Z'],
      ] as const) {
        await one.locator('.incident__head').click()
        await one.keyboard.press('KeyU')
        await one.locator('.sheet input[type=datetime-local]').fill(typed)
        await one.keyboard.press('Control+Enter')
        await one.locator('.sheet').waitFor({ state: 'detached' })
        expect(await product.get('/api/incidents/dst-00000001')).toMatchObject({ occurredAt: utc })
        await one.locator('.incident__facts', { hasText: typed.slice(11) }).waitFor()
      }
      const { reportedAt } = await product.get<{ reportedAt: string }>('/api/incidents/dst-00000001')
      const kst = new Date(Date.parse(reportedAt) + 9 * 3_600_000).toISOString().slice(11, 16)
      await one.locator('.incident-item', { hasText: '미국 시각 시험' }).getByText(kst).waitFor()
    } finally {
      await one.context().close()
    }
  },
  LONG,
)

test('no page had a fault', () => expect(troubles).toEqual([]))
