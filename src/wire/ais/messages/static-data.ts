// Types 5 (class A static and voyage), 24 (class B static), 21 (aid to navigation). ITU-R M.1371-5 annex 8, tables 52, 71, 73, 74.
import { type AisObject, dimensions, type Field, flag, number, place, restText, spare, text } from '../fields.ts'
import type { Message } from './message.ts'

export const staticAndVoyage: Message = {
  type: 5,
  title: 'Static and voyage related data',
  minBits: 420,
  layout: [
    number('aisVersion', 2),
    number('imoNumber', 30, { absent: [0] }),
    text('callSign', 7),
    text('name', 20),
    number('shipType', 8),
    ...dimensions,
    number('epfd', 4),
    number('etaMonth', 4, { absent: [0] }),
    number('etaDay', 5, { absent: [0] }),
    number('etaHour', 5, { absent: [24] }),
    number('etaMinute', 6, { absent: [60] }),
    number('draughtM', 8, { divisor: 10, absent: [0] }),
    text('destination', 20),
    flag('dte'),
    spare(1),
  ],
}

const isAuxiliaryCraft = (mmsi: number): boolean => Math.floor(mmsi / 10_000_000) === 98

const partA: readonly Field[] = [number('part', 2, { limits: [0, 1] }), text('name', 20), spare(8)]
const partB = (last: readonly Field[]): readonly Field[] => [
  number('part', 2, { limits: [0, 1] }),
  number('shipType', 8),
  text('vendorId', 3),
  number('model', 4),
  number('serial', 20),
  text('callSign', 7),
  ...last,
  number('epfd', 4),
  spare(2),
]
const partBOfShip = partB(dimensions)
const partBOfAuxiliary = partB([number('mothershipMmsi', 30)])

/** Part A is the name; part B what she is. Parts 2 and 3 do not exist and are refused (`invalid-part-number`). */
export const classBStatic: Message = {
  type: 24,
  title: 'Class B static data',
  minBits: 160,
  discriminators: { mmsi: [8, 30], part: [38, 2] },
  layout: (shape): readonly Field[] => {
    if (shape.raw('part') === 0) return partA
    return isAuxiliaryCraft(shape.raw('mmsi')) ? partBOfAuxiliary : partBOfShip
  },
}

/** The name goes on in an extension of up to 14 whole letters when its 20 letters are full; joined unstripped. */
export const aidToNavigation: Message = {
  type: 21,
  title: 'Aid to navigation report',
  minBits: 268,
  layout: [
    number('aidType', 5),
    text('name', 20),
    flag('accurate'),
    ...place,
    ...dimensions,
    number('epfd', 4),
    number('second', 6, { fallback: 60 }),
    flag('offPosition'),
    number('regional', 8),
    flag('raim'),
    flag('virtual'),
    flag('assigned'),
    spare(1),
    restText('nameExtension'),
  ],
  complete: (object: AisObject): void => {
    delete object.nameExtension
  },
}
