// An investigator's night in a real browser: an incident, the person behind it with a reason, evidence held, and evidence that leaves the house when a second officer has agreed.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#testkit/browser.ts'
import { type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const folder = temporaryFolder()
const troubles: string[] = []
let browser: Browser
let product: RunningProduct
let investigator: Page

async function enter(person: string, hash: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'ko-KR', viewport: { width: 1920, height: 1080 }, acceptDownloads: true })
  const entered = await context.request.post(`${product.url}/sign-in/demo`, { data: { person }, headers: { origin: product.url } })
  if (!entered.ok()) throw new Error(`${person}: ${entered.status()} ${await entered.text()}`)
  const page = await context.newPage()
  page.on('pageerror', error => troubles.push(error.message))
  await page.goto(`${product.url}/#/${hash}`)
  return page
}

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct(folder.path)])
  investigator = await enter('demo-hq-investigator', 'incidents')
})
afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await investigator?.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  folder.remove()
})

test('an incident of the night is found by a part of its words and answered', async () => {
  await investigator.keyboard.press('Slash')
  await investigator.keyboard.type('마약')
  await investigator.locator('.incident-item', { hasText: '마약류' }).first().click()
  await investigator.locator('.incident__title', { hasText: '마약류' }).waitFor()
  await investigator.locator('[data-incident-answer]').fill('수사 착수, 피의자 신병 확보')
  await investigator.locator('[data-incident-answer]').press('Enter')
  await investigator.locator('.incident__thread', { hasText: '수사 착수, 피의자 신병 확보' }).waitFor()
})

test('evidence is held against its retention, with the reason', async () => {
  await investigator.goto(`${product.url}/#/records`)
  const holds = investigator.getByRole('region', { name: '증거 보전' })
  await holds.getByLabel('사유').fill('수사 2026-17')
  await holds.getByRole('button', { name: '보전 등록' }).click()
  await holds.getByRole('row', { name: /수사 2026-17/ }).waitFor()
})

test('evidence leaves the house when a second officer has agreed, as one file of which both see the hash', async () => {
  const exports = investigator.getByRole('region', { name: '증거 내보내기' })
  const kst = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16)
  await exports.getByLabel('시작(KST)').fill(kst(Date.now() - 3_600_000))
  await exports.getByLabel('끝(KST)').fill(kst(Date.now()))
  await exports.getByLabel('사유').fill('검찰 요청 2026-17')
  await exports.getByRole('button', { name: '내보내기 승인 요청' }).click()
  await investigator.getByText(/승인/).first().waitFor()
  expect(await exports.getByRole('link', { name: '받기' }).count()).toBe(0)

  const leader = await enter('demo-hq-watch-leader', 'admin/second')
  const inbox = leader.getByRole('region', { name: '두 사람 승인' })
  await inbox.getByText('검찰 요청 2026-17').first().waitFor()
  await inbox.getByRole('button', { name: '승인', exact: true }).first().click()

  const take = exports.getByRole('link', { name: '받기' }).first()
  await take.waitFor()
  const saved = investigator.waitForEvent('download')
  await take.click()
  const file = readFileSync(await (await saved).path())
  expect(file.subarray(0, 2).toString()).toBe('PK')
  expect(file.length).toBeGreaterThan(1000)
})

test('no page had a fault', () => expect(troubles).toEqual([]))
