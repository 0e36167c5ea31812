// The open doors of sign-in, typed. They stand outside /api: nobody needs to be signed in to knock.
import type { Ask } from '../live/ask.ts'
import { person } from '../live/wire.ts'
import type { Person } from '../shell/status.ts'
import * as model from './model.ts'

export interface Doors {
  state(): Promise<model.SignInState>
  /** Who is signed in. */
  me(): Promise<Person>
  password(login: string, password: string): Promise<model.Step>
  second(ticket: string, code: string): Promise<model.Step>
  recovery(ticket: string, code: string): Promise<model.Step>
  /** Without a ticket: sign in by passkey alone. */
  passkeyOptions(ticket?: string): Promise<unknown>
  passkey(response: unknown, ticket?: string): Promise<model.Step>
  enrolTotp(ticket: string): Promise<model.Enrolment>
  confirmTotp(ticket: string, code: string): Promise<model.Step>
  enrolPasskeyOptions(ticket: string): Promise<unknown>
  enrolPasskey(ticket: string, response: unknown): Promise<model.Step>
  first(token: string, login: string, name: string, password: string): Promise<model.Step>
  lookAtLink(token: string): Promise<{ readonly name: string; readonly login: string; readonly isReset: boolean }>
  link(token: string, password: string): Promise<model.Step>
  key(key: string): Promise<model.Step>
  demo(person: string): Promise<model.Step>
  /** After the agency's identity provider has sent the browser back. */
  oidc(): Promise<model.Step>
}

/** `place`: the desk somebody sits down at (자리 3), told with every sign-in. */
export function createDoors(ask: Ask, place: () => string): Doors {
  const post = async (path: string, body: object): Promise<unknown> => ask.json('POST', `/sign-in/${path}`, body)
  const enter = async (path: string, body: object): Promise<model.Step> => {
    const desk = place()
    return model.step(await post(path, desk === '' ? body : { ...body, desk }))
  }
  const withTicket = (ticket: string | undefined): object => (ticket === undefined ? {} : { ticket })
  return {
    state: async () => model.signInState(await ask.json('GET', '/sign-in/state')),
    me: async () => person(await ask.json('GET', '/api/me')),
    password: (login, password) => enter('password', { login, password }),
    second: (ticket, code) => enter('second', { ticket, code }),
    recovery: (ticket, code) => enter('recovery', { ticket, code }),
    passkeyOptions: ticket => post('passkey/options', withTicket(ticket)),
    passkey: (response, ticket) => enter('passkey', { response, ...withTicket(ticket) }),
    enrolTotp: async ticket => model.enrolment(await post('enrol/totp', { ticket })),
    confirmTotp: (ticket, code) => enter('enrol/totp/confirm', { ticket, code }),
    enrolPasskeyOptions: ticket => post('enrol/passkey/options', { ticket }),
    enrolPasskey: (ticket, response) => enter('enrol/passkey', { ticket, response }),
    first: (token, login, name, password) => enter('first', { token, login, name, password }),
    lookAtLink: async token => model.linkHolder(await post('link/look', { token })),
    link: (token, password) => enter('link', { token, password }),
    key: key => enter('key', { key }),
    demo: person => enter('demo', { person }),
    oidc: () => enter('oidc/enter', {}),
  }
}

/** The agency's own identity provider; it sends the browser back to #sign-in-oidc or #sign-in-failed=CODE. `again`: a fresh proof of who is signed in already. */
export const oidcAddress = (isAgain = false): string => `/sign-in/oidc${isAgain ? '?again=1' : ''}`
