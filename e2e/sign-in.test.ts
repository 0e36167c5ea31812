// Sign-in as people meet it, in real browsers against the real product: a stranger at the door, the one-time link, the authenticator, what is shown once; a colleague who is
// invited; a desk that is locked and left; sessions that are ended from elsewhere; a wall screen with its key.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuthenticatorApp } from '#testkit/authenticator-app.ts'
import { openBrowser } from '#testkit/browser.ts'
import { distressCall } from '#testkit/distress.ts'
import { connectTo, freePort, type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'
import { confirm, enrol, heading, inRoom, keepAndEnter, newDesk, type } from '#testkit/sign-in-desk.ts'

const folder = temporaryFolder()
const ADMIN_PASSWORD = '북위 삼십오도 동경 백이십구도'
const PASSWORD = '감천 부두의 바람은 서쪽에서'
const troubles: string[] = []
let browser: Browser
let product: RunningProduct
let feedPort: number
let admin: Page
let officer: Page
let adminApp: AuthenticatorApp
let officerApp: AuthenticatorApp
let recoveryCode = ''
let invitation = ''

beforeAll(async () => {
  feedPort = await freePort()
  ;[browser, product] = await Promise.all([
    openBrowser(),
    startProduct(folder.path, ['--no-demo', '--feed', `tcp-server://127.0.0.1:${feedPort}?name=sign-in`], { officer: false }),
  ])
  ;[admin, officer] = await Promise.all([newDesk(browser, troubles), newDesk(browser, troubles)])
})

afterAll(async () => {
  if (process.env.MANGRU_E2E_PICTURE) {
    await admin?.screenshot({ path: `${process.env.MANGRU_E2E_PICTURE}.admin.png` })
    await officer?.screenshot({ path: `${process.env.MANGRU_E2E_PICTURE}.officer.png` })
  }
  await browser?.close()
  await product?.stop()
  folder.remove()
})

/** Asks from within the page, with its cookies, as its own script would. */
const ask = (page: Page, method: string, path: string): Promise<number> =>
  page.evaluate(`fetch(${JSON.stringify(path)}, { method: ${JSON.stringify(method)} }).then(answer => answer.status)`)
const once = async (page: Page): Promise<string> => (await page.locator('.once').textContent()) ?? ''
/** Somebody in the water: an alarm. */
async function distressIsHeard(mmsi: number): Promise<void> {
  const socket = await connectTo(feedPort)
  await new Promise<void>(done => socket.end(distressCall(mmsi), () => done()))
}
/** Registers somebody at head office with a post, by the administrator's page. */
async function register(name: string, login: string, kind: string, post: string): Promise<void> {
  await admin.locator('#org-hq').click()
  const form = admin.locator('form.admin__form')
  await form.getByLabel('로그인', { exact: true }).fill(login)
  await form.getByLabel('이름', { exact: true }).fill(name)
  await form.getByLabel('구분').selectOption(kind)
  await form.getByRole('button', { name: '사람 더하기' }).click()
  await admin.getByRole('button', { name: new RegExp(name) }).click()
  await admin.getByRole('button', { name: '맡은 일 더하기' }).click()
  await admin.getByRole('combobox', { name: '맡은 일', exact: true }).selectOption(post)
  await admin.getByLabel('사유').fill('새로 옴')
  await admin.getByRole('button', { name: '바꾸기 청함' }).click()
  await confirm(admin, adminApp, admin.locator('.held'))
}

test('a stranger sees the sign-in page and nothing of the room, whatever the address', async () => {
  await officer.goto(`${product.url}/#/admin`)
  await officer.getByText('아직 관리자가 없습니다').waitFor()
  expect(await officer.locator('.screen').count()).toBe(0)
})

test('the first link makes an administrator by keyboard alone; what is shown once must be kept before going on', async () => {
  await admin.goto(product.firstSignIn ?? '')
  await heading(admin, '첫 관리자 만들기')
  await type(admin, '관리자 하나', 'Tab', 'admin-1', 'Tab', ADMIN_PASSWORD, 'Enter')
  adminApp = await enrol(admin)
  await admin.getByText('봉인 계정(금고)').waitFor()
  const enter = admin.getByRole('button', { name: '보관했음, 들어가기' })
  expect(await enter.getAttribute('aria-disabled')).toBe('true')
  expect((await keepAndEnter(admin)).file).toMatch(/\.txt$/)
  expect(new URL(admin.url()).hash).not.toContain('first')
})

test('an administrator registers a colleague with a post and makes the invitation, proving anew by the app', async () => {
  await admin.goto(`${product.url}/#/admin`)
  await register('당직 하나', 'watch-1', 'person', 'watch-officer')
  await admin.getByRole('button', { name: '초대·재설정 링크' }).click()
  await confirm(admin, adminApp, admin.locator('.once'))
  invitation = await once(admin)
  expect(invitation).toMatch(new RegExp(`^${product.url}/#link=[\\w-]{20,}$`))
})

test('the invited colleague sets password and second factor and is in; the link is worth nothing after that', async () => {
  await officer.goto(invitation)
  await heading(officer, '당직 하나 님, 계정을 여십시오')
  await type(officer, PASSWORD, 'Enter')
  officerApp = await enrol(officer)
  recoveryCode = (await keepAndEnter(officer)).codes[0] ?? ''
  const other = await newDesk(browser, troubles)
  await other.goto(invitation)
  await heading(other, '쓸 수 없는 링크')
  await other.context().close()
})

test('a desk that is locked goes on showing and does nothing until the password is given', async () => {
  await officer.goto(`${product.url}/#/ships`)
  await inRoom(officer)
  await type(officer, 'Control+KeyL')
  const lock = officer.getByRole('dialog', { name: '자리 잠김' })
  await lock.waitFor()
  await lock.getByText('미확인 경보 0건').waitFor()
  await distressIsHeard(970_100_001)
  await lock.getByText('미확인 경보 1건').waitFor()
  expect(await ask(officer, 'PUT', '/api/ships/970100001/watch')).toBe(423)
  // No key and no pointer reaches what is behind.
  await type(officer, 'KeyG', 'Digit1')
  expect(new URL(officer.url()).hash).toMatch(/^#\/ships/)
  await lock.getByLabel('비밀번호').fill('잘못된 비밀번호')
  await lock.getByRole('button', { name: '열기' }).click()
  await lock.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
  await lock.getByLabel('비밀번호').fill(PASSWORD)
  await lock.getByRole('button', { name: '열기' }).click()
  await lock.waitFor({ state: 'detached' })
  expect(await ask(officer, 'GET', '/api/me')).toBe(200)
})

test('who is signed in at two desks sees both and ends the other; what stood there asks who they are', async () => {
  const left = await newDesk(browser, troubles)
  await left.goto(product.url)
  await heading(left, '로그인')
  await left.locator('input[name=username]').fill('watch-1')
  await left.locator('input[name=desk]').fill('자리 9')
  await left.locator('input[name=password]').fill(PASSWORD)
  await left.keyboard.press('Enter')
  await left.locator('input[name=code]').fill(officerApp.next())
  await inRoom(left)

  await officer.goto(`${product.url}/#/account`)
  const sessions = officer.getByRole('region', { name: '로그인한 곳' })
  await sessions.getByText('자리 9').waitFor()
  await sessions.getByRole('button', { name: '끝내기' }).click()
  await confirm(officer, officerApp, officer.getByText('그 로그인을 끝냈습니다'))
  await sessions.getByText('자리 9').waitFor({ state: 'detached' })
  await heading(left, '다시 로그인')
  await left.context().close()
})

test('an administrator sees where the colleague is signed in and ends that too', async () => {
  await admin.getByRole('button', { name: /로그인한 곳 보기/ }).click()
  const sessions = admin.getByRole('region', { name: '로그인한 곳' })
  await sessions.getByRole('button', { name: '끝내기' }).click()
  await sessions.getByRole('button', { name: '끝내기' }).waitFor({ state: 'detached' })
  await heading(officer, '다시 로그인')
})

test('who has lost the app signs in again by a recovery code, over the standing screen', async () => {
  const gate = officer.locator('.gate__main')
  await gate.locator('input[name=password]').fill(PASSWORD)
  await officer.keyboard.press('Enter')
  await gate.getByRole('button', { name: '복구 코드 쓰기' }).click()
  await gate.locator('input[name=recovery]').fill(recoveryCode)
  await officer.keyboard.press('Enter')
  await gate.waitFor({ state: 'detached' })
  expect(new URL(officer.url()).hash).toMatch(/^#\/account/)
})

test('who signs out leaves nothing', async () => {
  await officer.locator('.who').click()
  await officer.getByRole('button', { name: /로그아웃/ }).click()
  await officer.locator('.frame__pages').waitFor({ state: 'detached' })
  await heading(officer, '로그인')
  expect(await ask(officer, 'GET', '/api/me')).toBe(401)
  await officer.goBack().catch(() => undefined)
  await heading(officer, '로그인')
})

test('a wall screen opens by its key, shows the picture, does nothing, and is gone with its key', async () => {
  await admin.goto(`${product.url}/#/admin`)
  await register('상황판 하나', 'wall-1', 'screen', 'screen')
  await admin.getByLabel('어디에 쓰는 키인지').fill('1번 벽')
  await admin.getByRole('button', { name: '새 키' }).click()
  await confirm(admin, adminApp, admin.locator('.once'))
  const address = await once(admin)
  expect(address).toMatch(/#wall=mgk_/)
  const wall = await newDesk(browser, troubles, { viewport: { width: 960, height: 540 } })
  await wall.goto(address)
  await wall.locator('.screen').waitFor()
  await wall.locator('canvas').first().waitFor()
  expect(wall.url()).not.toContain('mgk_')
  expect(await wall.locator('.frame__pages').count()).toBe(0)
  expect(await ask(wall, 'GET', '/api/ships')).toBe(200)
  for (const [method, path] of [
    ['PUT', '/api/ships/970100001/watch'],
    ['POST', '/api/incidents'],
    ['GET', '/api/people'],
  ] as const)
    expect(await ask(wall, method, path), path).toBe(403)
  await wall.reload()
  await wall.locator('canvas').first().waitFor()

  await admin.getByRole('button', { name: '키 끝내기' }).click()
  await expect.poll(() => ask(wall, 'GET', '/api/ships'), { timeout: 20_000 }).toBe(401)
  await wall.reload()
  await wall.getByText('상황판 키를 쓸 수 없음').waitFor()
  await wall.context().close()
})

test('no script failed on the way', () => {
  expect(troubles).toEqual([])
})
