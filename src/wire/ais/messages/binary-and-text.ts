// Types 6, 8, 25, 26 (binary), 7, 13 (acknowledgements), 12, 14 (safety text). ITU-R M.1371-5 annex 8, tables 53–55, 57, 60, 61, 75, 76.
// Payloads of 6 and 8 whose DAC/FI is known are read by ../applications; unknown ones stay as `payloadHex`.
import { type Field, flag, group, number, perhaps, restHex, restText, spare } from '../fields.ts'
import type { Message, Shape } from './message.ts'

export const addressedBinary: Message = {
  type: 6,
  title: 'Addressed binary message',
  minBits: 88,
  layout: [
    number('sequence', 2),
    number('destinationMmsi', 30),
    flag('retransmit'),
    spare(1),
    number('dac', 10),
    number('fid', 6),
    restHex('payloadHex'),
  ],
}

export const broadcastBinary: Message = {
  type: 8,
  title: 'Binary broadcast message',
  minBits: 56,
  layout: [spare(2), number('dac', 10), number('fid', 6), restHex('payloadHex')],
}

const acknowledged = (n: number): readonly Field[] => [perhaps(`ack${n}Mmsi`, 30), number(`ack${n}Sequence`, 2)]

const acknowledgement = (type: number, title: string): Message => ({
  type,
  title,
  minBits: 70,
  layout: [spare(2), ...acknowledged(1), ...[2, 3, 4].flatMap(n => group(n, ...acknowledged(n)))],
})

export const binaryAcknowledge = acknowledgement(7, 'Binary acknowledge')
export const safetyAcknowledge = acknowledgement(13, 'Safety related acknowledge')

export const addressedSafety: Message = {
  type: 12,
  title: 'Addressed safety related message',
  minBits: 72,
  layout: [number('sequence', 2), number('destinationMmsi', 30), flag('retransmit'), spare(1), restText('text')],
}

export const safetyBroadcast: Message = {
  type: 14,
  title: 'Safety related broadcast message',
  minBits: 40,
  layout: [spare(2), restText('text')],
}

const HEAD = { addressed: [38, 1], structured: [39, 1] } as const

/** The four layouts of a binary message: [addressed][structured]. */
const binaryLayouts = (rest: readonly Field[]): readonly (readonly (readonly Field[])[])[] =>
  [[], [number('destinationMmsi', 30)]].map(to =>
    [[], [perhaps('applicationId', 16)]].map(application => [flag('addressed'), flag('structured'), ...to, ...application, ...rest]),
  )

const layoutFrom =
  (layouts: ReturnType<typeof binaryLayouts>) =>
  (shape: Shape): readonly Field[] =>
    layouts[shape.raw('addressed')]?.[shape.raw('structured')] ?? []

export const singleSlotBinary: Message = {
  type: 25,
  title: 'Single slot binary message',
  minBits: 40,
  discriminators: HEAD,
  layout: layoutFrom(binaryLayouts([restHex('payloadHex')])),
}

/** The last 20 bits are the communication state; what lies between is data. */
export const multipleSlotBinary: Message = {
  type: 26,
  title: 'Multiple slot binary message',
  minBits: 40,
  discriminators: HEAD,
  layout: layoutFrom(binaryLayouts([{ ...restHex('payloadHex'), bits: -20 }, number('radio', 20)])),
}
