// An administrator's page in a real browser: invitations for a list, who leaves, the sealed account sealed again. What the server judges is tested at its doors (src/roles).
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuthenticatorApp } from '#testkit/authenticator-app.ts'
import { openBrowser } from '#testkit/browser.ts'
import { type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { confirm, firstAdministrator, heading, newDesk } from '#testkit/sign-in-desk.ts'

const folder = temporaryFolder()
const troubles: string[] = []
let browser: Browser
let product: RunningProduct
let page: Page
let app: AuthenticatorApp

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct(folder.path, ['--no-demo'], { officer: false })])
  page = await newDesk(browser, troubles, { viewport: { width: 1280, height: 720 } })
  app = await firstAdministrator(page, product.firstSignIn, {
    name: '관리자 하나',
    login: 'admin-1',
    password: '북위 삼십오도 동경 백이십구도',
  })
  await page.goto(`${product.url}/#/admin/import`)
})
afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await page?.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  folder.remove()
})

test('a list is brought, each of it gets a link in a file and on a slip of paper, and who has one gets no other', async () => {
  const bring = page.getByRole('region', { name: '명단 가져오기' })
  await bring.locator('input[type=file]').setInputFiles({
    name: '명단.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('로그인,이름,소속,맡은 일\nwatch-1,당직 하나,부산본부세관,당직관\nwatch-2,당직 둘,부산본부세관,당직관\n'),
  })
  await bring.getByLabel('사유').fill('발령')
  await bring.getByRole('button', { name: '바꾸기 청함' }).click()
  await confirm(page, app, bring.getByRole('status'))
  const invite = page.getByRole('region', { name: '초대 링크 한꺼번에' })
  const make = invite.getByRole('button', { name: '초대 링크 만들기' })
  await make.click()
  await invite.getByText('당직 둘').waitFor()
  const saved = page.waitForEvent('download')
  await invite.getByRole('button', { name: 'CSV 저장' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(lines.slice(1).map(line => line.split('","').slice(0, 2))).toEqual([
    ['"watch-2', '당직 둘'],
    ['"watch-1', '당직 하나'],
  ])
  expect(lines[1]).toContain(`${product.url}/#link=`)
  // On paper the slips stand alone.
  await page.emulateMedia({ media: 'print' })
  await page.locator('.slip').first().waitFor()
  expect([await page.locator('.frame__pages').isVisible(), await make.isVisible(), await bring.isVisible()]).toEqual([false, false, false])
  if (process.env.MANGRU_E2E_PICTURE) await page.screenshot({ path: `${process.env.MANGRU_E2E_PICTURE}.paper.png` })
  await page.emulateMedia({ media: 'screen' })
  await make.click()
  await invite.getByText('초대할 사람이 없습니다').waitFor()
})

test('who leaves stands among those who left, with what they did, and is erased only by two', async () => {
  await page.goto(`${product.url}/#/admin`)
  await page.getByRole('button', { name: /당직 하나/ }).click()
  await page.getByRole('button', { name: '퇴직', exact: true }).click()
  await page.getByRole('button', { name: '퇴직 처리' }).click()
  const people = page.getByRole('region', { name: '사람', exact: true })
  await people.getByText('당직 하나').waitFor({ state: 'detached' })
  await people.getByRole('button', { name: '퇴직자' }).click()
  await people.getByText('당직 하나').waitFor()
  const person = page.getByRole('region', { name: '당직 하나' })
  await person.getByRole('button', { name: '개인정보 파기 청함' }).waitFor()
  expect(await person.getByRole('button', { name: '맡은 일 더하기' }).count()).toBe(0)
  await people.getByRole('button', { name: '퇴직자' }).click()
})

test('the sealed account is sealed again, and its new password shown once', async () => {
  await page.getByRole('button', { name: /봉인 계정/ }).click()
  const sealed = page.getByRole('region', { name: '봉인 계정', exact: true }).last()
  await sealed.getByText(/부터 봉인됨/).waitFor()
  await sealed.getByLabel('사유').fill('봉투 바꿈')
  await sealed.getByRole('button', { name: '다시 봉인 청함' }).click()
  const open = sealed.getByRole('button', { name: '새 비밀번호 받기' })
  await confirm(page, app, open)
  await open.click()
  await heading(page, '따로 보관하십시오')
  await page.locator('.gate__sealed').getByText('breakglass').waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.frame__pages').isVisible()).toBe(false)
  expect(await page.getByText('봉인 계정(금고)').isVisible()).toBe(true)
  if (process.env.MANGRU_E2E_PICTURE) await page.screenshot({ path: `${process.env.MANGRU_E2E_PICTURE}.envelope.png` })
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('button', { name: '파일로 저장' }).click()
  await page.getByRole('button', { name: '보관했음', exact: true }).click()
  await sealed.getByRole('button', { name: '다시 봉인 청함' }).waitFor()
  expect(troubles).toEqual([])
})
