// The morning's report as the line of approval uses it: the editor and the room's chief at two desks, the director on a phone; in real browsers against the real product with its demo.
// Read, asked, changed, two at the same words, a lost line, signed, sealed, printed.
import { createHash } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#testkit/browser.ts'
import { eventually, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
const contexts: BrowserContext[] = []
const troubles: string[] = []
let pages: readonly Page[] = []
const DESK = { width: 1920, height: 1080 }
const PHONE = { width: 390, height: 844 }
/** The newest whose draft stands (06:30 KST): before it nobody signs. */
const today = new Date(Date.now() + 2.5 * 3_600_000).toISOString().slice(0, 10)
const ID = `daily-${today}`

interface Full {
  readonly state: string
  readonly revision: number
  readonly marks: readonly { readonly after?: string; readonly before?: string; readonly by: { readonly name: string } }[]
  readonly boxes: readonly { readonly by?: { readonly name: string }; readonly mark?: string; readonly isSkipped?: boolean }[]
  readonly comments: readonly { readonly text: string; readonly settled?: { readonly text: string } }[]
  readonly seal?: { readonly sha256: Readonly<Record<string, string>> }
}
const full = (): Promise<Full> => product.get<Full>(`/api/reports/${ID}`)

const [EDITOR, CHIEF, DIRECTOR] = [0, 1, 2] as const
function page(n: 0 | 1 | 2): Page {
  const one = pages[n]
  if (!one) throw new Error('the page is not open')
  return one
}
async function enter(person: string, viewport: { readonly width: number; readonly height: number }): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ko-KR',
    viewport,
    ...(viewport === PHONE ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  })
  contexts.push(context)
  const entered = await context.request.post(`${product.url}/sign-in/demo`, { data: { person }, headers: { origin: product.url } })
  if (!entered.ok()) throw new Error(`${person}: ${entered.status()} ${await entered.text()}`)
  const opened = await context.newPage()
  opened.on('pageerror', error => troubles.push(error.message))
  await opened.goto(`${product.url}/#/reports/${ID}`)
  await opened.locator('.paper h1').waitFor({ timeout: 30_000 })
  return opened
}
/** Leaves whatever field or dialog is open, with no place chosen. */
const settle = async (one: Page): Promise<void> => {
  await one.keyboard.press('Escape')
  await one.locator('.paper__sub').click()
}
const firstLine = (one: Page) => one.locator('[data-section="events"] .paper-words').first()

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct(folder.path)])
  pages = [await enter('demo-hq-report-editor', DESK), await enter('demo-hq-watch-leader', DESK), await enter('demo-hq-director', PHONE)]
})

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await pages[0]?.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  folder.remove()
})

test('this morning’s report lies ready: its day, its events, and what is not linked yet said so', async () => {
  const one = page(EDITOR)
  const [year, month, day] = today.split('-').map(Number)
  await one.locator('.paper__sub', { hasText: `〈${year}. ${month}. ${day}.` }).waitFor()
  expect(await one.locator('.paper h1').textContent()).toBe('관세국경 일일상황')
  expect(await one.locator('[data-section="events"] .paper-words').count()).toBeGreaterThan(2)
  expect(await one.locator('[data-section="seals"] table').count()).toBe(1)
  for (const section of ['cctv', 'patrols'])
    expect(await one.locator(`[data-section="${section}"] .paper__words`).textContent()).toBe('연계 전')
  expect(await one.locator('.paper__foot').textContent()).toContain('시연 자료로 작성되었으며')
})

test('‘which one?’ takes one click: a line is chosen, its record is named beside it and opens', async () => {
  const one = page(EDITOR)
  await firstLine(one).click()
  const source = one.locator('.report-source').first()
  await source.waitFor()
  await one.getByText('다시 셈 같음').waitFor()
  const number = ((await source.locator('b').textContent()) ?? '').split(' ')[0] ?? ''
  await source.click()
  await one.locator('.incident__head', { hasText: number }).waitFor()
  await one.goBack()
  await one.locator('.paper h1').waitFor()
})

test('the keys go through lines and figures', async () => {
  const one = page(EDITOR)
  await settle(one)
  await one.keyboard.press('KeyJ')
  const chosen = () => one.locator('.paper [aria-current]').getAttribute('data-target')
  const first = await chosen()
  await one.keyboard.press('ArrowRight')
  const second = await chosen()
  expect(second).not.toBe(first)
  await one.keyboard.press('ArrowLeft')
  expect(await chosen()).toBe(first)
})

test('words are changed in the line by keyboard, stand on the other desk with what was struck out, and are taken back', async () => {
  const [one, other] = [page(EDITOR), page(CHIEF)]
  await firstLine(one).click()
  await one.keyboard.press('Enter')
  await one.locator('.writer__words').fill('고쳐 쓴 첫 줄')
  await one.keyboard.press('Enter')
  await other.locator('.paper ins', { hasText: '고쳐 쓴 첫 줄' }).waitFor()
  expect(await other.locator('.paper-line del').first().textContent()).not.toBe('')
  await one.locator('.report-change', { hasText: '고쳐 쓴' }).getByRole('button', { name: '되돌림' }).click()
  await other.locator('.paper ins').waitFor({ state: 'detached' })
  expect((await full()).marks).toEqual([])
})

test('two at the same words: the second sees both wordings, and chooses; nothing is lost', async () => {
  const [one, other] = [page(EDITOR), page(CHIEF)]
  // The chief begins first and takes their time.
  await firstLine(other).click()
  await other.keyboard.press('Enter')
  await other.locator('.writer__words').fill('상황실장의 글')
  await firstLine(one).click()
  await one.keyboard.press('Enter')
  await one.locator('.writer__words').fill('담당의 글')
  await one.keyboard.press('Enter')
  await eventually(async () => ((await full()).marks[0]?.after === '담당의 글' ? true : undefined))
  expect(await other.locator('.writer__words').inputValue()).toBe('상황실장의 글')
  await other.locator('.writer__words').focus()
  await other.keyboard.press('Enter')
  const clash = other.locator('.writer__clash')
  await clash.waitFor()
  expect(await clash.textContent()).toContain('담당의 글')
  expect(await clash.textContent()).toContain('상황실장의 글')
  await other.getByRole('button', { name: '내 글로 바꿈' }).click()
  await one.locator('.paper ins', { hasText: '상황실장의 글' }).waitFor()
  const { marks } = await full()
  expect(marks.map(mark => [mark.before, mark.after])).toEqual([
    [expect.any(String), '담당의 글'],
    ['담당의 글', '상황실장의 글'],
  ])
})

test('a comment is left on a figure and settled with an answer', async () => {
  const [one, other] = [page(EDITOR), page(CHIEF)]
  await other.locator('[data-target="summary/table/now/searches"]').click()
  await other.keyboard.press('KeyM')
  await other.locator('.report-comment input').fill('어느 자료인지?')
  await other.keyboard.press('Enter')
  const asked = one.locator('.report-change.is-comment', { hasText: '어느 자료인지?' })
  await asked.getByRole('button', { name: '풀림' }).click()
  await one.locator('.report-comment input').fill('사건 기록')
  await one.keyboard.press('Enter')
  await eventually(async () => ((await full()).comments[0]?.settled?.text === '사건 기록' ? true : undefined))
})

test('what is written without a line, over a reload, is there once when the line is back', async () => {
  const one = page(EDITOR)
  await settle(one)
  await contexts[EDITOR]?.setOffline(true)
  await one.locator('[data-section="hand-over"] h2').click()
  await one.locator('.report-section', { hasText: '인계 사항' }).click()
  await one.keyboard.press('KeyA')
  await one.locator('.writer__words').fill('풍랑주의보 발효 시 소형 감시정 귀항')
  await one.keyboard.press('Enter')
  await one.getByText(/보내는 중 1건/).waitFor()
  await contexts[EDITOR]?.setOffline(false)
  await one.reload()
  await one.locator('.paper h1').waitFor()
  await eventually(async () => ((await full()).marks.some(mark => mark.after?.startsWith('풍랑주의보')) ? true : undefined))
  expect((await full()).marks.filter(mark => mark.after?.startsWith('풍랑주의보'))).toHaveLength(1)
})

test('words that were begun are there again after a reload', async () => {
  const one = page(EDITOR)
  await firstLine(one).click()
  await one.keyboard.press('Enter')
  await one.locator('.writer__words').fill('쓰다 만 글')
  await one.reload()
  await one.locator('.paper h1').waitFor()
  await firstLine(one).click()
  await one.keyboard.press('Enter')
  expect(await one.locator('.writer__words').inputValue()).toBe('쓰다 만 글')
  await one.locator('.writer__words').fill(((await full()).marks.at(1)?.after ?? '').toString())
  await one.keyboard.press('Escape')
})

test('the printed pages are shown as pictures, two before the annex, and every file comes as what it is', async () => {
  const one = page(EDITOR)
  await settle(one)
  await one.keyboard.press('KeyP')
  await one.locator('.report-page').nth(2).waitFor({ timeout: 30_000 })
  await eventually(async () =>
    (await one
      .locator('.report-page img')
      .first()
      .evaluate(image => Number(Reflect.get(image, 'naturalWidth')))) > 500
      ? true
      : undefined,
  )
  for (const [form, begins] of [
    ['pdf', '%PDF'],
    ['docx', 'PK'],
    ['hwpx', 'PK'],
  ] as const) {
    const answer = await contexts[EDITOR]?.request.get(`${product.url}/api/reports/${ID}/files/${form}`)
    expect([form, (await answer?.body())?.subarray(0, begins.length).toString()]).toEqual([form, begins])
  }
  await one.keyboard.press('KeyP')
  // The browser's own print holds the paper alone.
  const printed = await one.pdf({ preferCSSPageSize: true })
  expect(printed.subarray(0, 4).toString()).toBe('%PDF')
})

test('the calendar shows the month, who has handed in a line, and to whom it is sent when', async () => {
  const one = page(EDITOR)
  await settle(one)
  await one.keyboard.press('KeyC')
  await one.locator('.report-day.is-open').waitFor()
  await one.getByText(/미접수 23/).waitFor()
  await one.locator('.report-lines__form textarea').fill('야간 하역 3건 확인했습니다.')
  await one.getByRole('button', { name: '보고', exact: true }).click()
  await one.getByText(/미접수 22/).waitFor()
  await one.getByText('값 굳힘·전자우편').waitFor()
  await one.locator('.report-lines li', { hasText: '야간 하역 3건' }).waitFor()
  await one.keyboard.press('KeyC')
  await one.locator('.paper h1').waitFor()
})

/** Signs, proving who one is where the product asks for it. */
/** While the hour of the report is not over its figures move: what has changed is shown first, and signed when it was seen. */
async function signOn(one: Page, press: () => Promise<void>): Promise<void> {
  const proof = one.locator('form.confirm')
  const done = one.getByText(/서명했습니다|결재가 끝나 봉인했습니다/).first()
  const moved = one.getByText(/본 뒤로 내용이 바뀌었습니다/).first()
  for (let tries = 0; tries < 5; tries++) {
    await press()
    await Promise.race([proof, done, moved].map(which => which.waitFor({ timeout: 30_000 })))
    if (await proof.isVisible()) await proof.locator('button[type="submit"]').click()
    await Promise.race([done, moved].map(which => which.waitFor({ timeout: 30_000 })))
    if (await done.isVisible()) return
    await moved.waitFor({ state: 'detached', timeout: 30_000 })
  }
  throw new Error('the paper changed at every try to sign it')
}

test('on a phone it is read without zooming: nothing is wider than the screen, no letter of the paper below 12 px', async () => {
  const phone = page(DIRECTOR)
  expect(await phone.evaluate('document.scrollingElement.scrollWidth <= innerWidth')).toBe(true)
  expect(await phone.evaluate('document.querySelector(".reports__desk").scrollWidth <= innerWidth')).toBe(true)
  expect(
    await phone.evaluate(`[...document.querySelectorAll('.paper *')].filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '')
      && one.getClientRects().length > 0 && parseFloat(getComputedStyle(one).fontSize) < 12).map(one => one.className + ':' + one.textContent.slice(0, 20))`),
  ).toEqual([])
})

test('editor and chief sign at their desks; the director decides on a phone whose line is lost, once it is back and only once', async () => {
  await settle(page(EDITOR))
  await signOn(page(EDITOR), () => page(EDITOR).keyboard.press('Control+Enter'))
  await page(CHIEF).locator('.report-box.is-next', { hasText: '상황실장' }).waitFor()
  await settle(page(CHIEF))
  await signOn(page(CHIEF), () => page(CHIEF).keyboard.press('Control+Enter'))
  const phone = page(DIRECTOR)
  await phone.locator('.paper__boxes .is-now').waitFor()
  const final = phone.locator('.reports__phone-acts').getByRole('button', { name: '전결' })
  await eventually(async () => ((await final.getAttribute('aria-disabled')) === 'false' ? true : undefined))
  await contexts[DIRECTOR]?.setOffline(true)
  await final.click()
  await phone.getByText(/보내는 중 1건/).waitFor()
  expect((await full()).state).toBe('review')
  let isBack = false
  await signOn(phone, async () => {
    if (isBack) await final.click()
    isBack = true
    await contexts[DIRECTOR]?.setOffline(false)
  })
  const { state, boxes, seal } = await full()
  expect(state).toBe('approved')
  expect(boxes.map(box => box.mark ?? (box.isSkipped ? 'skipped' : box.by ? 'signed' : 'waiting'))).toEqual([
    'signed',
    'signed',
    'final',
    'skipped',
  ])
  const pdf = await contexts[DIRECTOR]?.request.get(`${product.url}/api/reports/${ID}/files/pdf`)
  expect(
    createHash('sha256')
      .update((await pdf?.body()) ?? '')
      .digest('hex'),
  ).toBe(seal?.sha256['report.pdf'])
  await page(EDITOR).getByText('결재가 끝난 보고입니다. 바뀌지 않습니다').waitFor()
})

test('after approval nothing can be written; a fact that came late goes into the next day’s report', async () => {
  const one = page(EDITOR)
  await settle(one)
  await firstLine(one).click()
  await one.keyboard.press('Enter')
  await one
    .getByText(/결재가 끝나 고칠 수 없습니다/)
    .first()
    .waitFor()
  expect(await one.locator('.writer').count()).toBe(0)
  await one.getByRole('button', { name: '정정 올림' }).click()
  await one.locator('.sheet textarea').fill('상자 4개가 아니라 5개')
  await one.keyboard.press('Control+Enter')
  await one.getByText('결재 뒤 알려진 사실이 있습니다').waitFor()
  // The news can be there before the answer that closes the sheet.
  await one.locator('.sheet').waitFor({ state: 'detached' })
  await one.keyboard.press('Period')
  await one.locator('.paper-words', { hasText: '상자 4개가 아니라 5개' }).waitFor()
})

test('no page had an error of its own', () => expect(troubles).toEqual([]))
