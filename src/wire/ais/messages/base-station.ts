// Types 4 (base station), 11 (UTC response), 10 (UTC inquiry), 17 (DGNSS), 20 (link management), 22 (channels), 23 (group assignment), 15, 16
// (interrogation, assignment). ITU-R M.1371-5 annex 8, tables 51, 59, 62–64, 67, 70–72.
import { coarsePlace, type Field, flag, group, number, perhaps, place, restHex, spare } from '../fields.ts'
import type { Message, Shape } from './message.ts'

const utcAndPlace = (type: number, title: string): Message => ({
  type,
  title,
  minBits: 149,
  layout: [
    number('year', 14, { absent: [0] }),
    number('month', 4, { absent: [0] }),
    number('day', 5, { absent: [0] }),
    number('hour', 5, { absent: [24] }),
    number('minute', 6, { absent: [60] }),
    number('utcSecond', 6, { absent: [60] }),
    flag('accurate'),
    ...place,
    number('epfd', 4),
    spare(10),
    flag('raim'),
    number('radio', 19),
  ],
})

export const baseStation = utcAndPlace(4, 'Base station report')
export const utcResponse = utcAndPlace(11, 'UTC and date response')

export const utcInquiry: Message = {
  type: 10,
  title: 'UTC and date inquiry',
  minBits: 70,
  layout: [spare(2), number('destinationMmsi', 30), spare(2)],
}

export const interrogation: Message = {
  type: 15,
  title: 'Interrogation',
  minBits: 88,
  layout: [
    spare(2),
    number('mmsi1', 30),
    number('type1_1', 6),
    number('offset1_1', 12),
    ...group(1, spare(2), perhaps('type1_2', 6), { ...perhaps('offset1_2', 12), whenCut: 'padded' }),
    ...group(2, spare(2), perhaps('mmsi2', 30), perhaps('type2_1', 6), perhaps('offset2_1', 12), spare(2)),
  ],
}

export const assignment: Message = {
  type: 16,
  title: 'Assignment mode command',
  minBits: 92,
  layout: [
    spare(2),
    number('mmsi1', 30),
    number('offset1', 12),
    number('increment1', 10),
    ...group(1, perhaps('mmsi2', 30), perhaps('offset2', 12), perhaps('increment2', 10)),
  ],
}

export const dgnss: Message = {
  type: 17,
  title: 'DGNSS broadcast',
  minBits: 80,
  layout: [spare(2), ...coarsePlace('lon', 'lat'), spare(5), restHex('dgnssData')],
}

const reservation = (n: number, field: typeof perhaps): readonly Field[] => [
  field(`offset${n}`, 12),
  field(`number${n}`, 4),
  field(`timeout${n}`, 3),
  field(`increment${n}`, 11),
]

/** The first reservation is always sent, the others where there are any. */
export const linkManagement: Message = {
  type: 20,
  title: 'Data link management',
  minBits: 70,
  layout: [spare(2), ...reservation(1, number), ...[2, 3, 4].flatMap(n => group(n, ...reservation(n, perhaps)))],
}

const channels = (whom: readonly Field[]): readonly Field[] => [
  spare(2),
  number('channelA', 12),
  number('channelB', 12),
  number('txrx', 4),
  flag('lowPower'),
  ...whom,
  flag('addressed'),
  flag('bandA'),
  flag('bandB'),
  number('zoneSize', 3),
  spare(23),
]
const channelsOfStations = channels([number('destination1', 30), spare(5), number('destination2', 30), spare(5)])
const channelsOfZone = channels([...coarsePlace('neLon', 'neLat'), ...coarsePlace('swLon', 'swLat')])

export const channelManagement: Message = {
  type: 22,
  title: 'Channel management',
  minBits: 168,
  discriminators: { addressed: [139, 1] },
  layout: (shape: Shape): readonly Field[] => (shape.raw('addressed') === 1 ? channelsOfStations : channelsOfZone),
}

export const groupAssignment: Message = {
  type: 23,
  title: 'Group assignment command',
  minBits: 154,
  layout: [
    spare(2),
    ...coarsePlace('neLon', 'neLat'),
    ...coarsePlace('swLon', 'swLat'),
    number('stationType', 4),
    number('shipType', 8),
    spare(22),
    number('txrx', 2),
    number('interval', 4),
    number('quiet', 4),
    spare(6),
  ],
}
