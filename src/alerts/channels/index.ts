// channels: ways to tell somebody outside the room, one file each.

export { type CallHttpSettings, createCallHttp, PLAIN_CALL } from './call-http.ts'
export { type CallSipSettings, createCallSip } from './call-sip.ts'
export { type CapSettings, createCap } from './cap.ts'
export type {
  Channel,
  ChannelAlarm,
  ChannelCallback,
  ChannelKind,
  ChannelMessage,
  ChannelNews,
  ChannelOptions,
  Preview,
  SendOutcome,
} from './channel.ts'
export { CHANNEL_KINDS } from './channel.ts'
export { createEmail, createEmailOver, mailAddress } from './email.ts'
export { HTTP_PROFILES, type HttpProfile } from './http-profiles.ts'
export { isSameNumber, phoneNumber } from './numbers.ts'
export { type ConfiguredChannel, configuredChannels } from './open.ts'
export { type ChannelSettings, readChannelSettings } from './read-settings.ts'
export { createSiren, type SirenSettings } from './siren.ts'
export { isSameProviderId } from './smpp-receipts.ts'
export { createSmsHttp, type SmsHttpSettings } from './sms-http.ts'
export { createSmsSmpp, type SmsSmpp, type SmsSmppSettings } from './sms-smpp.ts'
export { type SmsParts, smsParts } from './sms-text.ts'
export { createWebhook, type WebhookSettings, webhookSignature } from './webhook.ts'
