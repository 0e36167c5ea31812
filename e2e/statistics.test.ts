// Statistics as officers use them, in a real browser against the real product with its demo: figures open their records, what is not linked is never 0, a board and a measure of one's
// own are made, kept and shown again, files come as Korean Excel reads them.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, signedInPage } from '#testkit/browser.ts'
import { type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
let page: Page
const troubles: string[] = []

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct(folder.path)])
  page = await signedInPage(browser, product, { locale: 'ko-KR', viewport: { width: 1920, height: 1080 }, acceptDownloads: true })
  page.on('pageerror', error => troubles.push(error.message))
  await page.goto(`${product.url}/#/statistics`)
  await page.locator('.stat-figure', { hasText: '적발' }).first().waitFor({ timeout: 60_000 })
})
afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await page?.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  folder.remove()
})

test('a figure opens its records with one press, a record its incident; Esc closes', async () => {
  await page.locator('.stat-bars__row', { hasText: '마약류' }).first().click()
  const panel = page.locator('.stat-records')
  await panel.locator('tbody tr').first().waitFor()
  expect(await panel.locator('.stat-records__how').textContent()).toContain('세는 법')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await page.locator('.stat-bars__row', { hasText: '마약류' }).first().click()
  await panel.locator('tbody .stat-open').first().click()
  await page.locator('.incident__title').first().waitFor()
  await page.goBack()
  await page.locator('.stat-figures').waitFor()
})

test('what is not linked yet says so, on every board, and is nowhere 0', async () => {
  await page.getByRole('tab', { name: '순찰' }).click()
  const figure = page.locator('.stat-figure', { hasText: '순찰 시간' })
  await figure.getByText('연계 전').waitFor()
  expect(await figure.textContent()).not.toMatch(/\b0\b/)
})

test('transports under seal are counted: the demo’s trucks that have left stand as a figure', async () => {
  await page.getByRole('tab', { name: '전자봉인' }).click()
  const figure = page.locator('.stat-figure', { hasText: '봉인 운송' }).first()
  await expect
    .poll(async () => Number(/[\d,]+/.exec((await figure.textContent()) ?? '')?.[0].replace(',', '')), { timeout: 90_000 })
    .toBeGreaterThan(10)
})

test('the period is chosen by keys and stands in the address; the link opens the same', async () => {
  await page.getByRole('tab', { name: '종합' }).click()
  await page.locator('.stat-figures').waitFor()
  await page.keyboard.press('KeyD')
  await expect.poll(() => page.url()).toContain('overview~day')
  await page.keyboard.press('Comma')
  await expect.poll(() => page.url()).toMatch(/overview~day~\d{4}-\d\d-\d\d/)
  // The day of the address is the day that is told.
  const [, month, day] = /~\d{4}-(\d\d)-(\d\d)/.exec(page.url()) ?? []
  const told = `${Number(month)}. ${Number(day)}.(`
  await expect.poll(() => page.locator('.stat-period__words').textContent(), { timeout: 20_000 }).toContain(told)
  await page.reload()
  await expect.poll(() => page.locator('.stat-period__words').textContent(), { timeout: 20_000 }).toContain(told)
})

test('a measure made without code shows what it gives while it is chosen, and is kept', async () => {
  await page.getByRole('tab', { name: '항목 정의' }).click()
  await page.getByRole('button', { name: /항목 만들기/ }).click()
  await page.getByLabel('이름', { exact: true }).fill('공항 마약류 적발')
  await page.locator('.stat-ticks .token', { hasText: '마약류' }).click()
  await page.locator('.stat-preview', { hasText: '마약류' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.locator('.stat-definitions tr', { hasText: '공항 마약류 적발' }).waitFor()
})

test('a board of the product is arranged as a copy of one’s own, kept and there after a reload', async () => {
  await page.getByRole('tab', { name: '종합' }).click()
  await page.getByRole('button', { name: '편집', exact: true }).click()
  await page.locator('.stat-tools').first().waitFor()
  const before = await page.locator('.stat-part[data-part]').count()
  await page.locator('.stat-part[data-part]').last().getByRole('button', { name: '판에서 빼기' }).click()
  await expect.poll(() => page.locator('.stat-part[data-part]').count()).toBe(before - 1)
  await page.getByText('저장됨').waitFor()
  await page.reload()
  await page.getByRole('tab', { name: /종합 \(사본\)/ }).waitFor({ timeout: 20_000 })
  await expect.poll(() => page.locator('.stat-part[data-part]').count(), { timeout: 20_000 }).toBe(before - 1)
})

test('figures come as CSV with the mark that Korean Excel asks for, marked as demo data', async () => {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  const text = readFileSync(await (await waiting).path(), 'utf8')
  expect(text.charCodeAt(0)).toBe(0xfeff)
  expect(text).toContain('시연 자료')
  expect(text).toContain('적발')
  const picture = page.waitForEvent('download')
  await page.getByRole('button', { name: 'PNG' }).click()
  expect(
    readFileSync(await (await picture).path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})

test('the page had no fault', () => {
  expect(troubles).toEqual([])
})
