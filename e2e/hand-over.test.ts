// A watch from its roster to both signatures, by two officers at two desks: the roster is written, the sheet opened, a word said to an item by each, ticked, signed, and closed for good.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POSTS } from '#base/index.ts'
import { openBrowser } from '#testkit/browser.ts'
import { cookiesOf, eventually, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
let pages: readonly Page[] = []
const troubles: string[] = []
const WAIT_MS = 60_000
const LONG = 240_000
const KST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000
const page = (n: 0 | 1): Page => {
  const one = pages[n]
  if (!one) throw new Error('the page is not open')
  return one
}

interface Sheet {
  readonly state: string
  readonly items: readonly { readonly ko: string; readonly remark?: string; readonly isSettled?: boolean }[]
  readonly outgoing?: { readonly name: string; readonly hash: string }
  readonly incoming?: { readonly name: string; readonly hash: string }
}
const sheet = async (): Promise<Sheet> => {
  const [newest] = await product.get<{ id: string }[]>('/api/hand-overs?organisation=hq')
  return product.get<Sheet>(`/api/hand-overs/${encodeURIComponent(newest?.id ?? '')}`)
}
const report = async (id: string, text: string): Promise<void> => {
  expect((await product.post('/api/incidents', { id, text })).status).toBe(201)
}
/** Nothing is being written: keys are the page's. */
const settle = async (one: Page): Promise<void> => {
  await one.keyboard.press('Escape')
  await one.locator('.hand-over__head h2').click()
}

beforeAll(async () => {
  const appointments = POSTS.map(post => ({ post, organisation: 'hq' }))
  const people = [
    { id: 'kim', name: '김당직' },
    { id: 'lee', name: '이당직' },
  ].map(one => ({ ...one, organisation: 'hq', appointments }))
  const cookies = await cookiesOf(folder.path, people)
  ;[browser, product] = await Promise.all([openBrowser(), startProduct(folder.path, ['--no-demo'])])
  await report('carried-0001', '감천 5부두 불 끈 보트')
  pages = await Promise.all(
    cookies.map(async cookie => {
      const context = await browser.newContext({ locale: 'ko-KR', viewport: { width: 1920, height: 1080 } })
      const [name = '', value = ''] = cookie.split('=')
      await context.addCookies([{ name, value, url: product.url }])
      context.setDefaultTimeout(WAIT_MS)
      const opened = await context.newPage()
      opened.on('pageerror', error => troubles.push(error.message))
      await opened.goto(`${product.url}/#/shifts`)
      await opened.locator('[data-region="sheet"]').waitFor()
      return opened
    }),
  )
}, LONG)

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE)
    for (const [n, one] of pages.entries()) await one.screenshot({ path: process.env.MANGRU_E2E_PICTURE.replace('.png', `-${n}.png`) })
  await browser?.close()
  await product?.stop()
  folder.remove()
}, LONG)

test(
  'a roster is written from a ready pattern with somebody in a seat; the week and who stands now are there at once',
  async () => {
    const one = page(0)
    await one.getByText('근무표 없음').first().waitFor()
    await one.keyboard.press('KeyR')
    await one.locator('.roster-form').waitFor()
    await one.getByLabel('근무 형태').selectOption({ label: '4조 3교대' })
    // The watch that stands now may have begun before midnight.
    await one.getByLabel('시행일').fill(new Date(Date.now() + KST_MS - 2 * DAY_MS).toISOString().slice(0, 10))
    if ((await one.locator('.roster-form__crews tbody tr').first().locator('select').count()) === 0)
      await one.getByRole('button', { name: '자리 더하기' }).click()
    const seats = one.locator('.roster-form__crews tbody tr')
    for (let crew = 0; crew < 4; crew++)
      await seats
        .nth(crew)
        .locator('select')
        .first()
        .selectOption({ label: crew % 2 ? '이당직' : '김당직' })
    await one.getByRole('button', { name: /근무표 저장/ }).click()
    await one.locator('.roster__cell.is-now').waitFor()
    await page(1).locator('.roster__cell.is-now').waitFor()
  },
  LONG,
)

test(
  'the outgoing officer opens the sheet, says a word to an item and signs; the incoming one sees it, ticks, says a word to what came since, and signs',
  async () => {
    const [one, other] = [page(0), page(1)]
    await one.keyboard.press('KeyO')
    const carried = (at: Page, words: string) => at.locator('.carried', { hasText: words })
    await carried(one, '불 끈 보트').waitFor()
    await carried(one, '불 끈 보트').locator('.carried__remark').click()
    await one.locator('.carried__input').fill('부산-3 승선 검색 중')
    await one.keyboard.press('Enter')
    await eventually(async () => ((await sheet()).items.some(item => item.remark === '부산-3 승선 검색 중') ? true : undefined), WAIT_MS)
    await settle(one)
    await one.keyboard.press('Control+Enter')
    await one.locator('.hand-over__sign.is-signed', { hasText: '김당직' }).waitFor()

    await carried(other, '부산-3 승선 검색 중').waitFor()
    // Not before everything is read.
    expect(
      await other
        .getByRole('button', { name: /인수 서명/ })
        .getAttribute('aria-disabled')
        .then(value => value ?? 'none'),
    ).not.toBe('false')
    await report('carried-0002', '신항 정전')
    await carried(other, '신항 정전').locator('.carried__new').waitFor()
    await carried(other, '신항 정전').locator('.carried__remark').click()
    await other.locator('.carried__input').fill('카메라 업체 09:00 도착')
    await other.keyboard.press('Enter')
    await eventually(async () => ((await sheet()).items.some(item => item.remark === '카메라 업체 09:00 도착') ? true : undefined), WAIT_MS)
    await settle(other)
    await other.keyboard.press('KeyA')
    await eventually(async () => ((await sheet()).items.every(item => item.isSettled) ? true : undefined), WAIT_MS)
    await other.keyboard.press('Control+Enter')
    await other.locator('.hand-over__sign.is-signed', { hasText: '이당직' }).waitFor()
    await one.locator('.hand-over__sign.is-signed', { hasText: '이당직' }).waitFor()
    const signed = await sheet()
    expect(signed).toMatchObject({ state: 'done', outgoing: { name: '김당직' }, incoming: { name: '이당직' } })
    expect(signed.items.flatMap(item => item.remark ?? [])).toEqual(['부산-3 승선 검색 중', '카메라 업체 09:00 도착'])
    const trail = JSON.stringify(await product.get('/api/audit?limit=200'))
    for (const { hash = '' } of [signed.outgoing, signed.incoming].flatMap(one => one ?? [])) expect(trail).toContain(hash)
  },
  LONG,
)

test(
  'a line of the log is written with L and stands on the other desk; that the sheet was signed stands in the log by itself',
  async () => {
    const [one, other] = [page(0), page(1)]
    await one.keyboard.press('KeyL')
    await one.keyboard.type('해경 상황실과 통화, 특이 동향 없음')
    await one.keyboard.press('Enter')
    await other.getByText('해경 상황실과 통화, 특이 동향 없음').first().waitFor()
    const log = JSON.stringify(await product.get('/api/log?limit=100'))
    expect(log).toContain('해경 상황실과 통화')
    expect(log).toContain('인계서 서명')
  },
  LONG,
)

test('no page had a fault', () => expect(troubles).toEqual([]))
