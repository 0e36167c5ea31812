// Somebody who signs in in a real browser, as a test needs it: what they type and press at the sign-in page, with an authenticator app of their own.
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { type AuthenticatorApp, authenticatorApp } from './authenticator-app.ts'

/** A browser of its own, empty; `troubles` gets what fails on its pages. */
export async function newDesk(browser: Browser, troubles: string[], options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'ko-KR', viewport: { width: 1600, height: 900 }, acceptDownloads: true, ...options })
  const page = await context.newPage()
  page.on('pageerror', error => troubles.push(error.message))
  return page
}

export const heading = (page: Page, words: string | RegExp): Promise<void> => page.getByRole('heading', { name: words }).first().waitFor()
export const inRoom = (page: Page): Promise<void> => page.locator('.frame__pages').waitFor()

/** Keys by their names (Tab, Control+KeyL), everything else as text. */
export async function type(page: Page, ...steps: readonly string[]): Promise<void> {
  for (const step of steps) await (/^[A-Z][a-z]+(\+\w+)?$/.test(step) ? page.keyboard.press(step) : page.keyboard.insertText(step))
}

/** Takes the secret as letters, as somebody without a camera would. */
export async function enrol(page: Page): Promise<AuthenticatorApp> {
  const app = authenticatorApp(((await page.locator('.enrol__secret').textContent()) ?? '').replace(/\s/g, ''))
  await page.locator('input[name=code]').fill(app.next())
  return app
}

/** What is shown once is kept as a file; then in. Gives the file's name and the recovery codes. */
export async function keepAndEnter(page: Page): Promise<{ readonly file: string; readonly codes: readonly string[] }> {
  const codes = page.locator('.gate__codes code')
  await codes.first().waitFor()
  const shown = await codes.allTextContents()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: '파일로 저장' }).press('Enter')
  const file = (await saved).suggestedFilename()
  await page.getByRole('button', { name: '보관했음, 들어가기' }).press('Enter')
  await inRoom(page)
  return { file, codes: shown }
}

/** The first administrator, by the link of the first start, to the room; with the app that was enrolled. */
export async function firstAdministrator(
  page: Page,
  link: string | undefined,
  { name, login, password }: { readonly name: string; readonly login: string; readonly password: string },
): Promise<AuthenticatorApp> {
  await page.goto(link ?? '')
  await heading(page, '첫 관리자 만들기')
  await type(page, name, 'Tab', login, 'Tab', password, 'Enter')
  const app = await enrol(page)
  await keepAndEnter(page)
  return app
}

/** Proves anew where the screen asks; `then`: what comes once it is content, at once or after the proof. */
export async function confirm(page: Page, app: AuthenticatorApp, then: Locator): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '본인 확인' })
  await dialog.or(then).first().waitFor()
  if (await dialog.isVisible()) await dialog.locator('input[name=code]').fill(app.next())
  await then.waitFor()
}
