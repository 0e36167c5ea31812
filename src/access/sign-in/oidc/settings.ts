// Settings of an agency's own identity provider. The secret stands in a file of its own: secrets only by reference.
import type { SettingDescription } from '#platform/settings/index.ts'

export interface OidcSettings {
  /** As the provider names itself; https, or plain http on this machine. */
  readonly issuer: string
  readonly clientId: string
  /** Absent: a public client, PKCE alone. */
  readonly clientSecret?: string
  /** On the button. */
  readonly name: string
  readonly loginClaim: string
  readonly scope: string
  /** A second factor asked there counts here, where the token says it was. */
  readonly trustsSecond: boolean
  /** Value of `acr` that says so; `amr` with `mfa` says so too. */
  readonly acr: string
}

export const OIDC_SETTINGS: readonly SettingDescription[] = [
  {
    path: 'access.oidc.issuer',
    kind: 'text',
    default: '',
    faultOf: value => (value === '' ? undefined : issuerFault(value)),
    sentence: {
      ko: '기관 통합인증(OpenID Connect)의 발급자 주소; 비우면 쓰지 않음',
      en: 'issuer of the agency’s identity provider (OpenID Connect), for example https://login.customs.example; empty: none',
    },
  },
  {
    path: 'access.oidc.clientId',
    kind: 'text',
    default: 'mangru',
    sentence: { ko: '통합인증에 등록한 이 제품의 이름', en: 'what this product is registered as there' },
  },
  {
    path: 'access.oidc.clientSecretFile',
    kind: 'text',
    default: '',
    sentence: {
      ko: '등록할 때 받은 비밀값이 든 파일; 비우면 PKCE만',
      en: 'file that holds the client’s secret; empty: a public client, by PKCE alone',
    },
  },
  {
    path: 'access.oidc.name',
    kind: 'text',
    default: '기관 통합인증',
    sentence: { ko: '로그인 화면 단추의 이름', en: 'what the button on the sign-in page is called' },
  },
  {
    path: 'access.oidc.loginClaim',
    kind: 'text',
    default: 'preferred_username',
    sentence: {
      ko: '로그인 이름과 맞출 항목; 처음 한 번 맞추고 그 뒤에는 고유번호(sub)로 앎',
      en: 'the claim that holds the login name; used once, afterwards a person is known by the subject',
    },
  },
  {
    path: 'access.oidc.scope',
    kind: 'text',
    default: 'openid profile',
    sentence: { ko: '청하는 범위', en: 'scopes that are asked for' },
  },
  {
    path: 'access.oidc.secondFactor',
    kind: 'text',
    default: 'here',
    words: ['here', 'provider'],
    sentence: {
      ko: '두 번째 인증: 여기서(here), 통합인증이 했다고 알려 오면 그것으로(provider)',
      en: 'the second factor is asked here, or counts as asked where the provider’s token says so',
    },
  },
  {
    path: 'access.oidc.acr',
    kind: 'text',
    default: '',
    sentence: {
      ko: '통합인증이 두 번째 인증을 했다고 알리는 acr 값; 비우면 amr의 mfa로 앎',
      en: 'value of acr by which the provider says that a second factor was asked; empty: by mfa in amr',
    },
  },
]

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
/** Tokens over plain HTTP only where nobody is between. */
export const isPlainLoopback = (issuer: string): boolean => {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'http:' && LOOPBACK.includes(hostname)
}
function issuerFault(issuer: string): string | undefined {
  if (!URL.canParse(issuer)) return `‘${issuer}’ is no address; write https://… as the provider names itself`
  const { protocol, search, hash } = new URL(issuer)
  if (search !== '' || hash !== '') return `‘${issuer}’: an issuer has neither ? nor #`
  return protocol === 'https:' || isPlainLoopback(issuer) ? undefined : `‘${issuer}’ must be https (plain http on this machine alone)`
}

/** Undefined where no provider is set. `secret`: what the file held. */
export const readOidcSettings = (text: (path: string) => string, secret: string): OidcSettings | undefined =>
  text('access.oidc.issuer') === ''
    ? undefined
    : {
        issuer: text('access.oidc.issuer'),
        clientId: text('access.oidc.clientId'),
        ...(secret === '' ? {} : { clientSecret: secret }),
        name: text('access.oidc.name'),
        loginClaim: text('access.oidc.loginClaim'),
        scope: text('access.oidc.scope'),
        trustsSecond: text('access.oidc.secondFactor') === 'provider',
        acr: text('access.oidc.acr'),
      }
