// Passkeys by the browser's own hands: the server's options in, the signed answer out, both in the JSON forms of WebAuthn level 3 (parse…FromJSON, toJSON), so that
// no bytes are coded here.
import { text } from '../live/wire.ts'

/** Browsers know passkeys for names only: at an address of digits they refuse. */
export const canPasskey = (): boolean =>
  window.isSecureContext &&
  'PublicKeyCredential' in window &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|:/.test(location.hostname)

/** The person turned away, or the key does not fit: no fault, nothing to report. */
export class PasskeyRefused extends Error {}

const isRequest = (options: unknown): options is PublicKeyCredentialRequestOptionsJSON => text(options, 'challenge') !== undefined
const isCreation = (options: unknown): options is PublicKeyCredentialCreationOptionsJSON => text(options, 'challenge') !== undefined

async function answered(credential: Promise<Credential | null>): Promise<unknown> {
  try {
    const given = await credential
    if (given instanceof PublicKeyCredential) return given.toJSON()
  } catch (error) {
    // NotAllowedError: cancelled or timed out. InvalidStateError: this key is registered already.
    if (error instanceof DOMException) throw new PasskeyRefused(error.name)
    throw error
  }
  throw new PasskeyRefused('none')
}

/** Signs the server's challenge with a passkey the person chooses. */
export async function givePasskey(options: unknown): Promise<unknown> {
  if (!isRequest(options)) throw new PasskeyRefused('options')
  return answered(navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }))
}

/** Makes a new passkey on this machine or a key that is plugged in. */
export async function makePasskey(options: unknown): Promise<unknown> {
  if (!isCreation(options)) throw new PasskeyRefused('options')
  return answered(navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }))
}
