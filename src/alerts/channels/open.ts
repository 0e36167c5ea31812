// Channels out of their settings.
import type { SmtpSettings } from '#platform/mail/index.ts'
import { createCallHttp } from './call-http.ts'
import { createCallSip } from './call-sip.ts'
import { createCap } from './cap.ts'
import type { Channel, ChannelOptions } from './channel.ts'
import { createEmail } from './email.ts'
import type { ChannelSettings } from './read-settings.ts'
import { createSiren } from './siren.ts'
import { createSmsHttp } from './sms-http.ts'
import { createSmsSmpp } from './sms-smpp.ts'
import { createWebhook } from './webhook.ts'

/** Makes the channel once its clock and its listener are there. */
export interface ConfiguredChannel {
  readonly name: string
  /** `callbackUrl`: what a gateway is told to call where the settings name nothing else. */
  open(options: ChannelOptions, callbackUrl: string | undefined): Channel
}

/** In the order of the settings. `mail`: the server of the house, without which there is no mail channel. */
export const configuredChannels = (settings: readonly ChannelSettings[], mail: SmtpSettings | undefined): readonly ConfiguredChannel[] =>
  settings.map(one => ({
    name: one.name,
    open: (options, callbackUrl) => openChannel(one, mail, options, callbackUrl === undefined ? {} : { callbackUrl }),
  }))

function openChannel(
  settings: ChannelSettings,
  mail: SmtpSettings | undefined,
  options: ChannelOptions,
  back: { readonly callbackUrl?: string },
): Channel {
  switch (settings.kind) {
    case 'sms-smpp':
      return createSmsSmpp(settings, options)
    case 'sms-http':
      return createSmsHttp({ ...back, ...settings }, options)
    case 'call-http':
      return createCallHttp({ ...back, ...settings }, options)
    case 'call-sip':
      return createCallSip(settings, options)
    case 'email':
      if (!mail) throw new Error(`channels.${settings.name}: there is no mail server; set mail.host and its kin`)
      return createEmail({ name: settings.name, smtp: mail, digestMinutes: settings.digestMinutes }, options)
    case 'webhook':
      return createWebhook(settings, options)
    case 'cap':
      return createCap(settings, options)
    case 'siren':
      return createSiren(settings, options)
  }
}
