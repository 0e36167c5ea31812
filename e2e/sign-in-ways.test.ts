// The other ways in, as people take them on our pages in a real browser: a passkey of the device (Chromium's own WebAuthn, an authenticator of the browser's by CDP) and the
// agency's own sign-in (a real OpenID provider on this machine). That the server judges them rightly is src/roles/second-steps.test.ts's.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuthenticatorApp } from '#testkit/authenticator-app.ts'
import { openBrowser } from '#testkit/browser.ts'
import { type IdentityProvider, identityProvider } from '#testkit/identity-provider.ts'
import { type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { confirm, firstAdministrator, heading, inRoom, keepAndEnter, newDesk, type } from '#testkit/sign-in-desk.ts'

const folder = temporaryFolder()
const PASSWORD = '북위 삼십오도 동경 백이십구도'
const troubles: string[] = []
let browser: Browser
let product: RunningProduct
let provider: IdentityProvider
/** Passkeys are for names, never for bare addresses. */
let url: string
let page: Page
let app: AuthenticatorApp

beforeAll(async () => {
  provider = await identityProvider()
  const settings = join(folder.path, 'settings.yaml')
  writeFileSync(join(folder.path, 'secret'), provider.secret)
  writeFileSync(
    settings,
    `access:\n  oidc:\n    issuer: ${provider.issuer}\n    clientId: mangru\n    clientSecretFile: ${join(folder.path, 'secret')}\n`,
  )
  ;[browser, product] = await Promise.all([
    openBrowser(),
    startProduct(join(folder.path, 'data'), ['--no-demo', '--config', settings], { officer: false }),
  ])
  url = product.url.replace('127.0.0.1', 'localhost')
  provider.open(`${url}/sign-in/oidc/back`)
  page = await newDesk(browser, troubles, { viewport: { width: 1280, height: 720 } })
  await device(page)
})

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) await page?.screenshot({ path: process.env.MANGRU_E2E_PICTURE })
  await browser?.close()
  await product?.stop()
  await provider?.close()
  folder.remove()
})

/** What a laptop with a finger reader has. */
async function device(of: Page): Promise<void> {
  const devices = await of.context().newCDPSession(of)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
async function signOut(of: Page): Promise<void> {
  await of.locator('.who').click()
  await of.getByRole('button', { name: /로그아웃/ }).click()
  await heading(of, '로그인')
}

test('a passkey is registered in the account, after a proof by the app', async () => {
  app = await firstAdministrator(page, product.firstSignIn?.replace('127.0.0.1', 'localhost'), {
    name: '관리자 하나',
    login: 'admin-1',
    password: PASSWORD,
  })
  await page.goto(`${url}/#/account`)
  const factors = page.getByRole('region', { name: '두 번째 확인' })
  await factors.getByRole('button', { name: '패스키 등록' }).click()
  await factors.getByLabel('패스키 이름').fill('당직실 노트북')
  await factors.getByRole('button', { name: '패스키 등록' }).click()
  await confirm(page, app, factors.getByText('당직실 노트북'))
})

test('it opens the room alone, without name and password, and the next time by Enter', async () => {
  await signOut(page)
  await page.getByRole('button', { name: '패스키로 로그인' }).click()
  await inRoom(page)
  await signOut(page)
  await page.getByRole('button', { name: /패스키로 로그인 Enter/ }).waitFor()
  await page.keyboard.press('Enter')
  await inRoom(page)
})

test('it unlocks the desk and proves anew', async () => {
  await page.goto(`${url}/#/account`)
  const factors = page.getByRole('region', { name: '두 번째 확인' })
  await factors.getByText('당직실 노트북').waitFor()
  await type(page, 'Control+KeyL')
  const lock = page.getByRole('dialog', { name: '자리 잠김' })
  await lock.getByRole('button', { name: '패스키로 열기' }).click()
  await lock.waitFor({ state: 'detached' })
  await factors.getByRole('button', { name: '새로 만들기' }).click()
  await page.getByRole('dialog', { name: '본인 확인' }).getByRole('button', { name: '패스키로 확인' }).click()
  await heading(page, '따로 보관하십시오')
  expect(await page.locator('.gate__codes code').count()).toBe(10)
})

test('by the agency’s sign-in there and back: who is registered gets in after a second factor, here a passkey, where they wanted to go', async () => {
  const officer = await newDesk(browser, troubles, { viewport: { width: 1280, height: 720 } })
  await device(officer)
  await page.reload()
  await inRoom(page)
  expect(
    await page.evaluate(
      `fetch('/api/people', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ loginName: 'watch-1', name: '당직 하나', organisation: 'hq' }) })
        .then(answer => answer.json())
        .then(({ id }) => fetch('/api/people/' + id + '/posts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ post: 'watch-officer', organisation: 'hq', reason: '새로 옴' }) }))
        .then(answer => answer.status)`,
    ),
  ).toBe(202)
  provider.account = { sub: 'n-1', claims: { preferred_username: 'watch-1' } }
  await officer.goto(`${url}/#/incidents`)
  await officer.getByRole('link', { name: '기관 계정(기관 통합인증)' }).click()
  await heading(officer, '인증 앱 등록')
  await officer.getByRole('button', { name: /패스키로 등록/ }).click()
  await keepAndEnter(officer)
  await officer.getByRole('button', { name: /사건 등록/ }).waitFor()
  expect(new URL(officer.url()).hash).toMatch(/^#\/incidents/)

  await signOut(officer)
  await officer.getByText('당직 하나').waitFor()
  await officer.getByRole('link', { name: '기관 계정(기관 통합인증)' }).click()
  await officer.getByRole('button', { name: '패스키로 확인' }).click()
  await inRoom(officer)
  await officer.context().close()
})

test('somebody the agency knows and we do not is told so; a dead provider is said within seconds, and the password remains', async () => {
  const stranger = await newDesk(browser, troubles, { viewport: { width: 1280, height: 720 } })
  provider.account = { sub: 'n-99', claims: { preferred_username: 'nobody.here' } }
  await stranger.goto(url)
  const agency = stranger.getByRole('link', { name: '기관 계정(기관 통합인증)' })
  await agency.click()
  await stranger.getByText('망루에 등록되지 않은 사람입니다').waitFor()
  const revive = await provider.die()
  // Whether it is there is asked at most every two seconds.
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${url}/sign-in/oidc`, { redirect: 'manual' })
        return answer.headers.get('location')
      },
      { timeout: 20_000 },
    )
    .toBe('/#sign-in-failed=oidc-down')
  await agency.click()
  await stranger.getByText('기관 인증이 응답하지 않습니다').waitFor()
  await stranger.locator('input[name=username]').fill('admin-1')
  await stranger.locator('input[name=password]').fill(PASSWORD)
  await stranger.keyboard.press('Enter')
  await heading(stranger, '한 번 더 확인')
  await revive()
  await stranger.context().close()
})

test('no script failed on the way', () => {
  expect(troubles).toEqual([])
})
