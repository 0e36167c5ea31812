// The answers of sign-in as the screen holds them: who is in, what is asked next, factors and sessions.
import { field, flag, list, number, present, text, time } from '../live/wire.ts'

export interface DemoPost {
  readonly post: string
  readonly organisation: string
  readonly organisationName: { readonly ko: string; readonly en: string }
  readonly person: string
}

export interface SignInState {
  readonly signedIn?: { readonly name: string; readonly login: string; readonly isLocked: boolean; readonly lastSignInAtMs?: number }
  /** No administrator yet: the one-time link makes one. */
  readonly needsFirst: boolean
  readonly isDemo: boolean
  readonly demoPosts: readonly DemoPost[]
  /** The agency's own identity provider. */
  readonly oidcName?: string
  readonly hasPasskeys: boolean
  readonly version: string
  /** Nothing is impaired; undefined: the server does not say. */
  readonly isWell?: boolean
}

export type Way = 'totp' | 'passkey' | 'recovery'

export interface Sealed {
  readonly login: string
  readonly password: string
}

/** What the server says after each step of signing in. */
export type Step =
  | {
      readonly step: 'in'
      readonly name: string
      readonly login: string
      readonly recoveryCodes: readonly string[]
      readonly breakGlass?: Sealed
    }
  | { readonly step: 'second'; readonly ticket: string; readonly ways: readonly Way[] }
  | { readonly step: 'enrol'; readonly ticket: string; readonly breakGlass?: Sealed }

const WAYS: readonly Way[] = ['totp', 'passkey', 'recovery']

export function signInState(from: unknown): SignInState {
  const signedIn = field(from, 'signedIn')
  const well = field(from, 'isWell')
  return {
    needsFirst: flag(from, 'needsFirst'),
    isDemo: flag(from, 'isDemo'),
    demoPosts: list(from, 'demoPosts').map(one => ({
      post: text(one, 'post') ?? '',
      organisation: text(one, 'organisation') ?? '',
      organisationName: {
        ko: text(field(one, 'organisationName'), 'ko') ?? '',
        en: text(field(one, 'organisationName'), 'en') ?? '',
      },
      person: text(one, 'person') ?? '',
    })),
    hasPasskeys: flag(from, 'hasPasskeys'),
    version: text(from, 'version') ?? '',
    ...present({ oidcName: text(field(from, 'oidc'), 'name'), ...(typeof well === 'boolean' ? { isWell: well } : {}) }),
    ...(text(signedIn, 'name') === undefined
      ? {}
      : {
          signedIn: {
            name: text(signedIn, 'name') ?? '',
            login: text(signedIn, 'login') ?? '',
            isLocked: flag(signedIn, 'isLocked'),
            ...present({ lastSignInAtMs: time(signedIn, 'lastSignInAt') }),
          },
        }),
  }
}

export function step(from: unknown): Step {
  const ticket = text(from, 'ticket') ?? ''
  const sealed = field(from, 'breakGlass')
  const breakGlass =
    sealed === undefined ? {} : { breakGlass: { login: text(sealed, 'login') ?? '', password: text(sealed, 'password') ?? '' } }
  switch (text(from, 'step')) {
    case 'second': {
      const said = list(from, 'ways')
      return { step: 'second', ticket, ways: WAYS.filter(way => said.includes(way)) }
    }
    case 'enrol':
      return { step: 'enrol', ticket, ...breakGlass }
    // `confirmed`: who is in already has proved it anew.
    default:
      return {
        step: 'in',
        name: text(from, 'name') ?? '',
        login: text(from, 'login') ?? '',
        recoveryCodes: list(from, 'recoveryCodes').map(String),
        ...breakGlass,
      }
  }
}

export interface Enrolment {
  readonly secret: string
  /** otpauth://…, what the QR code holds. */
  readonly uri: string
  readonly ticket?: string
}
export const enrolment = (from: unknown): Enrolment => ({
  secret: text(from, 'secret') ?? '',
  uri: text(from, 'uri') ?? '',
  ...present({ ticket: text(from, 'ticket') }),
})

export const linkHolder = (from: unknown) => ({
  name: text(from, 'name') ?? '',
  login: text(from, 'login') ?? '',
  isReset: text(from, 'kind') === 'reset',
})

export interface SessionView {
  readonly id: string
  readonly startedAtMs: number
  readonly seenAtMs: number
  readonly address: string
  readonly browser: string
  readonly desk?: string
  readonly isThis: boolean
}
export const sessions = (from: unknown): readonly SessionView[] =>
  list(from).map(one => ({
    id: text(one, 'id') ?? '',
    startedAtMs: time(one, 'startedAt') ?? 0,
    seenAtMs: time(one, 'seenAt') ?? 0,
    address: text(one, 'address') ?? '',
    browser: browserWords(text(one, 'browser') ?? ''),
    isThis: flag(one, 'isThis'),
    ...present({ desk: text(one, 'desk') }),
  }))

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/Whale\/(\d+)/, 'Whale'],
  [/SamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[^ ]* .*Safari/, 'Safari'],
]
const MACHINES: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]
/** What a User-Agent line says to a person: Chrome 153 · Windows. A line of no browser stays as it is. */
export function browserWords(agent: string): string {
  const browser = BROWSERS.flatMap(([pattern, name]) => {
    const version = pattern.exec(agent)?.[1]
    return version === undefined ? [] : [`${name} ${version}`]
  })[0]
  const machine = MACHINES.find(([pattern]) => pattern.test(agent))?.[1]
  return browser === undefined ? agent : [browser, machine].filter(Boolean).join(' · ')
}

export interface FactorView {
  readonly id: string
  readonly kind: 'totp' | 'passkey'
  readonly name: string
  readonly createdAtMs: number
  readonly usedAtMs?: number
}
export const factors = (from: unknown): { readonly factors: readonly FactorView[]; readonly recoveryCodesLeft: number } => ({
  factors: list(from, 'factors').map(one => ({
    id: text(one, 'id') ?? '',
    kind: text(one, 'kind') === 'passkey' ? 'passkey' : 'totp',
    name: text(one, 'name') ?? '',
    createdAtMs: time(one, 'createdAt') ?? 0,
    ...present({ usedAtMs: time(one, 'usedAt') }),
  })),
  recoveryCodesLeft: number(from, 'recoveryCodesLeft') ?? 0,
})
