// Passkeys in a real browser against the real product: Chromium's own WebAuthn makes and uses them, by an authenticator of the browser's (CDP). That what browsers send is what
// the server reads; cookies and origins as they are outside of tests.
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#testkit/browser.ts'
import { type RunningProduct, startProduct, temporaryFolder } from '#testkit/product.ts'

const PASSWORD = 'sea wind at night 7'
const folder = temporaryFolder()
let browser: Browser
let product: RunningProduct
let page: Page
let devices: CDPSession
let authenticator: string

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct(folder.path, ['--no-demo'], { officer: false })])
  page = await (await browser.newContext()).newPage()
  devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  authenticator = authenticatorId
  await page.goto(`${product.url.replace('127.0.0.1', 'localhost')}/healthz`)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  folder.remove()
})

interface Said {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}
/** The page asks, as our own screen does. */
const ask = (method: string, path: string, body?: unknown): Promise<Said> =>
  page.evaluate(
    `(async () => {
      const answer = await fetch(${JSON.stringify(path)}, {
        method: ${JSON.stringify(method)},
        ${body === undefined ? '' : `headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(body))},`}
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
    })()`,
  )
const credential = (call: 'create' | 'get', options: unknown): Promise<object> =>
  page.evaluate(
    `(async () => {
      const publicKey = PublicKeyCredential.parse${call === 'create' ? 'Creation' : 'Request'}OptionsFromJSON(${JSON.stringify(options)})
      return (await navigator.credentials.${call}({ publicKey })).toJSON()
    })()`,
  )

test('a passkey made by the browser is the first second factor, then enters alone and is the second step', async () => {
  const token = /#first=(.+)$/.exec(product.firstSignIn ?? '')?.[1]
  const first = await ask('POST', '/sign-in/first', { token, login: 'chief', name: '본청 관리자', password: PASSWORD })
  expect(first.body).toMatchObject({ step: 'enrol', breakGlass: { login: 'breakglass' } })
  const { ticket } = first.body
  const options = await ask('POST', '/sign-in/enrol/passkey/options', { ticket })
  const response = await credential('create', options.body)
  const entered = await ask('POST', '/sign-in/enrol/passkey', { ticket, response, name: '내 기기' })
  expect(entered.body).toMatchObject({ step: 'in', login: 'chief', recoveryCodes: expect.any(Array) })
  expect((await ask('GET', '/api/me')).body).toMatchObject({ login: 'chief', ways: ['password', 'passkey'] })

  expect((await ask('POST', '/api/session/sign-out')).status).toBe(204)
  expect((await ask('GET', '/api/me')).status).toBe(401)
  const alone = await credential('get', (await ask('POST', '/sign-in/passkey/options', {})).body)
  expect((await ask('POST', '/sign-in/passkey', { response: alone })).body).toMatchObject({ step: 'in', login: 'chief' })

  await ask('POST', '/api/session/sign-out')
  const stepped = await ask('POST', '/sign-in/password', { login: 'chief', password: PASSWORD })
  expect(stepped.body).toMatchObject({ step: 'second', ways: ['passkey', 'recovery'] })
  const asked = await ask('POST', '/sign-in/passkey/options', { ticket: stepped.body.ticket })
  const second = await credential('get', asked.body)
  expect((await ask('POST', '/sign-in/passkey', { ticket: stepped.body.ticket, response: second })).body.step).toBe('in')
})

test('it unlocks the desk and proves anew', async () => {
  await ask('POST', '/api/session/lock')
  const unlock = await credential('get', (await ask('POST', '/api/session/passkey/options')).body)
  expect((await ask('POST', '/api/session/unlock', { response: unlock })).status).toBe(204)
  expect((await ask('POST', '/api/me/recovery-codes')).body.code).toBe('confirm-needed')
  const confirm = await credential('get', (await ask('POST', '/api/session/passkey/options')).body)
  expect((await ask('POST', '/api/session/confirm', { response: confirm })).status).toBe(204)
  expect((await ask('POST', '/api/me/recovery-codes')).status).toBe(200)
})

test('the same key in a second device, with the counter it was copied at, is stopped', async () => {
  const { credentials } = await devices.send('WebAuthn.getCredentials', { authenticatorId: authenticator })
  const [key] = credentials
  if (!key) throw new Error('the authenticator holds no key')
  await devices.send('WebAuthn.removeCredential', { authenticatorId: authenticator, credentialId: key.credentialId })
  await devices.send('WebAuthn.addCredential', { authenticatorId: authenticator, credential: { ...key, signCount: 1 } })
  const response = await credential('get', (await ask('POST', '/sign-in/passkey/options', {})).body)
  expect((await ask('POST', '/sign-in/passkey', { response })).body.code).toBe('passkey-copied')
})
