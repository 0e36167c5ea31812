// Text messages by a gateway's HTTP: a ready profile (http-profiles.ts) or a request of one's own. A message that brings a template goes as one, with its text as the fall-back.
import type { Channel, ChannelMessage, ChannelOptions, Preview } from './channel.ts'
import { createHttpGateway, type HttpGatewaySettings } from './http-gateway.ts'
import { HTTP_PROFILES, type HttpProfile } from './http-profiles.ts'
import { type NumberForm, phoneNumber } from './numbers.ts'
import { type SmsEncoding, smsParts } from './sms-text.ts'

export interface SmsHttpSettings extends HttpGatewaySettings {
  /** The name of a ready profile, or one's own. */
  readonly profile: string | HttpProfile
  readonly numberForm?: NumberForm
  readonly encoding?: SmsEncoding
  readonly maxParts?: number
  readonly wonPerPart?: number
  /** What a short message holds at this operator; beyond it the long form is asked for. Default 90 bytes of EUC-KR. */
  readonly shortBytes?: number
}

const SHORT_BYTES = 90
const DEFAULT_MAX_PARTS = 10

export function createSmsHttp(settings: SmsHttpSettings, options: ChannelOptions): Channel {
  const profile = typeof settings.profile === 'string' ? HTTP_PROFILES[settings.profile] : settings.profile
  if (!profile) throw new Error(`there is no profile "${settings.profile}": one of ${Object.keys(HTTP_PROFILES).join(', ')}`)
  const { maxParts = DEFAULT_MAX_PARTS } = settings
  const preview = (message: ChannelMessage): Preview => {
    const { text, parts, length, encoding } = smsParts(message.text, settings.encoding)
    return {
      text,
      parts: parts.length,
      length,
      encoding,
      ...(settings.wonPerPart === undefined ? {} : { costWon: parts.length * settings.wonPerPart }),
    }
  }
  const isLong = (message: ChannelMessage): boolean => smsParts(message.text, 'euc-kr').length > (settings.shortBytes ?? SHORT_BYTES)
  const channel = createHttpGateway(
    settings,
    {
      kind: 'sms-http',
      profile,
      addressOf: text => phoneNumber(text, settings.numberForm ?? 'national', 'mobile'),
      preview,
      variablesOf: message => ({
        coding: preview(message).encoding === 'gsm-7' ? '0' : '2',
        longOrShort: isLong(message) ? 'mms' : 'sms',
        LONGORSHORT: isLong(message) ? 'LMS' : 'SMS',
      }),
    },
    options,
  )
  return {
    ...channel,
    async send(message) {
      const { parts } = preview(message)
      return parts > maxParts
        ? {
            outcome: 'refused',
            reason: `the text takes ${parts} messages, ${maxParts} are allowed: shorten it, or raise maxParts`,
            isFinal: true,
          }
        : channel.send(message)
    },
  }
}
