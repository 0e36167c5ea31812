// channels: ways to tell somebody outside the room, one file each.
export type {
  Channel,
  ChannelAlarm,
  ChannelKind,
  ChannelMessage,
  ChannelNews,
  ChannelOptions,
  Preview,
  SendOutcome,
} from './channel.ts'
export { CHANNEL_KINDS } from './channel.ts'
export { isSameNumber, phoneNumber } from './numbers.ts'
export { isSameProviderId } from './smpp-receipts.ts'
export { createSmsSmpp, type SmsSmpp, type SmsSmppSettings } from './sms-smpp.ts'
export { type SmsParts, smsParts } from './sms-text.ts'
