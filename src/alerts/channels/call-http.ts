// Telephone calls by a provider's HTTP: it speaks the text and calls back with what became of the call and the keys that were pressed. Providers differ in form, so the request is a setting;
// its default is plain JSON.
import type { Channel, ChannelMessage, ChannelOptions, Preview } from './channel.ts'
import { createHttpGateway, type HttpGatewaySettings } from './http-gateway.ts'
import type { HttpProfile } from './http-profiles.ts'
import { type NumberForm, phoneNumber } from './numbers.ts'
import { plainText } from './sms-text.ts'

export interface CallHttpSettings extends HttpGatewaySettings {
  /** One's own form; see PLAIN_CALL. */
  readonly profile?: HttpProfile
  readonly numberForm?: NumberForm
  readonly wonPerCall?: number
}

export const PLAIN_CALL: HttpProfile = {
  name: 'plain',
  request: {
    method: 'POST',
    url: '{base}',
    headers: { Authorization: '{authorization}', 'Idempotency-Key': '{key}' },
    json: { id: '{id}', to: '{to}', from: '{sender}', say: '{text}', language: 'ko-KR', callback: '{callbackUrl}' },
  },
  idPath: 'id',
  takesIdempotencyKey: true,
  callback: {
    id: 'id',
    providerId: 'callId',
    state: 'state',
    delivered: ['answered', 'completed'],
    failed: ['busy', 'no-answer', 'failed', 'refused'],
    accepted: ['ringing'],
    from: 'from',
    text: 'digits',
  },
}

export function createCallHttp(settings: CallHttpSettings, options: ChannelOptions): Channel {
  const preview = (message: ChannelMessage): Preview => {
    const text = plainText(message.text)
    return { text, parts: 1, length: text.length, ...(settings.wonPerCall === undefined ? {} : { costWon: settings.wonPerCall }) }
  }
  return createHttpGateway(
    settings,
    {
      kind: 'call-http',
      profile: settings.profile ?? PLAIN_CALL,
      addressOf: text => phoneNumber(text, settings.numberForm ?? 'national'),
      preview,
      variablesOf: () => ({}),
    },
    options,
  )
}
