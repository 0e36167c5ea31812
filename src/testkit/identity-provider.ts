// A real OpenID provider (`oidc-provider`) on a free port of this machine, and a browser that walks through it: for tests of signing in. Whoever comes to its sign-in page is
// signed in there as `account`; what it says of them is set by the test.
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Adapter, type AdapterPayload, type Configuration, type JWK, Provider } from 'oidc-provider'

export interface Account {
  /** The provider's own number for them. */
  readonly sub: string
  readonly claims?: Readonly<Record<string, string | boolean>>
  readonly amr?: readonly string[]
  readonly acr?: string
}

export interface IdentityProvider {
  readonly issuer: string
  readonly secret: string
  account: Account
  /** Before anybody is sent here: where browsers may be sent back to. */
  open(redirectUri: string, more?: Partial<Configuration>): void
  /** A browser of its own that begins at this address; gives the address it is sent back to at the end. */
  browse(url: string, jar?: Map<string, string>): Promise<URL>
  /** Not answered any more; `again` listens as before. */
  die(): Promise<() => Promise<void>>
  close(): Promise<void>
}

const SECRET = 'a-secret-of-the-tests-which-is-long-enough'

export async function identityProvider(): Promise<IdentityProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key: JWK = { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256', kid: 'tests' }
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => void answer(request, response))
  const listen = (port: number): Promise<number> =>
    new Promise((done, fail) => {
      server.once('error', fail)
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        done(address && typeof address === 'object' ? address.port : 0)
      })
    })
  const close = (): Promise<void> =>
    new Promise(done => {
      server.close(() => done())
      server.closeAllConnections()
    })
  const port = await listen(0)
  const issuer = `http://127.0.0.1:${port}`

  const one: IdentityProvider = {
    issuer,
    secret: SECRET,
    account: { sub: 'nobody' },
    open(redirectUri, more) {
      const kept = new Map<string, AdapterPayload>()
      const provider = new Provider(issuer, {
        adapter: kind => memory(kind, kept),
        clients: [{ client_id: 'mangru', client_secret: SECRET, redirect_uris: [redirectUri] }],
        jwks: { keys: [key] },
        cookies: { keys: ['tests'] },
        pkce: { required: () => true },
        acrValues: ['urn:tests:two'],
        claims: { openid: ['sub', 'amr'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
        features: { devInteractions: { enabled: false } },
        findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...one.account.claims, sub }) }),
        interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
        async loadExistingGrant({ oidc }) {
          const grant = new oidc.provider.Grant({
            clientId: oidc.client?.clientId ?? '',
            accountId: oidc.session?.accountId ?? '',
          })
          grant.addOIDCScope('openid profile email')
          await grant.save()
          return grant
        },
        ...more,
      })
      const pages = provider.callback()
      answer = (request, response) => {
        if (!request.url?.startsWith('/interaction/')) return pages(request, response)
        const { sub, amr, acr } = one.account
        return provider.interactionFinished(request, response, {
          login: { accountId: sub, ...(amr ? { amr: [...amr] } : {}), ...(acr === undefined ? {} : { acr }) },
        })
      }
    },
    async browse(url, jar = new Map()) {
      for (let at = new URL(url), steps = 0; steps < 20; steps++) {
        const answer = await fetch(at, { redirect: 'manual', headers: { cookie: [...jar].map(pair => pair.join('=')).join('; ') } })
        for (const cookie of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
          jar.set(name, value)
        }
        const to = answer.headers.get('location')
        if (to === null) throw new Error(`the provider answers ${answer.status} at ${at.pathname}: ${(await answer.text()).slice(0, 300)}`)
        at = new URL(to, at)
        if (at.origin !== issuer) return at
      }
      throw new Error('the provider sends its browser round in a ring')
    },
    async die() {
      await close()
      return async () => void (await listen(port))
    },
    close,
  }
  return one
}

/** The provider's memory, for as long as the test lasts. */
function memory(kind: string, kept: Map<string, AdapterPayload>): Adapter {
  const find = async (isIt: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> => [...kept.values()].find(isIt)
  return {
    upsert: async (id, payload) => void kept.set(`${kind} ${id}`, payload),
    find: async id => kept.get(`${kind} ${id}`),
    findByUserCode: code => find(payload => payload.userCode === code),
    findByUid: uid => find(payload => payload.uid === uid),
    async consume(id) {
      const one = kept.get(`${kind} ${id}`)
      if (one) one.consumed = Math.floor(Date.now() / 1000)
    },
    destroy: async id => void kept.delete(`${kind} ${id}`),
    async revokeByGrantId(grant) {
      for (const [key, payload] of kept) if (payload.grantId === grant) kept.delete(key)
    },
  }
}
