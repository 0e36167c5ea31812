import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FLAG } from './picture/columns.ts'
import { Picture } from './picture/picture.ts'
import { SHIP_KINDS, SHIP_SORTS, SHIP_STATES } from './schema.ts'
import { listShips } from './ship-list.ts'

interface Ship {
  readonly mmsi: number
  readonly name: string
  readonly shipType: number
  readonly sogDeciknots: number
  readonly flags: number
}

function pictureOf(ships: readonly Ship[]): Picture {
  const picture = new Picture(256)
  for (const { mmsi, name, shipType, sogDeciknots, flags } of ships) {
    const slot = picture.openSlot(mmsi)
    picture.name[slot] = name
    picture.shipType[slot] = shipType
    picture.sogDeciknots[slot] = sogDeciknots
    picture.flags[slot] = flags
  }
  return picture
}
const FLEET: readonly Ship[] = [
  { mmsi: 440_000_003, name: 'HAE DONG 88', shipType: 30, sogDeciknots: 31, flags: 0 },
  { mmsi: 440_000_001, name: '', shipType: 0, sogDeciknots: 1023, flags: FLAG.LOST | FLAG.ASLEEP },
  { mmsi: 538_000_002, name: 'ORIENT FROST', shipType: 70, sogDeciknots: 0, flags: FLAG.ASLEEP | FLAG.WATCHED },
  { mmsi: 440_000_004, name: 'BLUE HERON', shipType: 89, sogDeciknots: 142, flags: FLAG.WATCHED },
]
const numbers = (query: Partial<Parameters<typeof listShips>[1]>): number[] => {
  const picture = pictureOf(FLEET)
  return listShips(picture, { sort: 'name', isDescending: false, ...query }, 10).slots.map(slot => picture.mmsi[slot]!)
}

test.each([
  ['by name, who tells none stands last', {}, [440_000_004, 440_000_003, 538_000_002, 440_000_001]],
  ['by name from the end, and she still stands last', { isDescending: true }, [538_000_002, 440_000_003, 440_000_004, 440_000_001]],
  ['by speed, fastest first', { sort: 'speed', isDescending: true }, [440_000_004, 440_000_003, 538_000_002, 440_000_001]],
  ['part of a name, in small letters too', { words: 'frost' }, [538_000_002]],
  ['part of a number', { words: '00000', sort: 'mmsi' }, [440_000_001, 440_000_003, 440_000_004, 538_000_002]],
  ['fishing boats', { kind: 'fishing' }, [440_000_003]],
  ['under way', { state: 'moving' }, [440_000_004, 440_000_003]],
  ['lying still and heard', { state: 'still' }, [538_000_002]],
  ['lost', { state: 'lost' }, [440_000_001]],
  ['watched', { state: 'watched' }, [440_000_004, 538_000_002]],
] as const)('ships are listed: %s', (_name, query, expected) => expect(numbers(query)).toEqual(expected))

test('whatever is asked, every ship that is listed is in the picture, once; without a sieve all of them are; a short list is the head of the long one', () => {
  const ship = fc.record({
    mmsi: fc.integer({ min: 1, max: 999_999_999 }),
    name: fc.string({ maxLength: 20 }),
    shipType: fc.integer({ min: 0, max: 255 }),
    sogDeciknots: fc.integer({ min: 0, max: 1023 }),
    flags: fc.integer({ min: 0, max: 127 }),
  })
  const query = fc.record(
    {
      words: fc.string({ maxLength: 3 }),
      kind: fc.constantFrom(...SHIP_KINDS),
      state: fc.constantFrom(...SHIP_STATES),
      sort: fc.constantFrom(...SHIP_SORTS),
      isDescending: fc.boolean(),
    },
    { requiredKeys: ['sort', 'isDescending'] },
  )
  fc.assert(
    fc.property(
      fc.uniqueArray(ship, { maxLength: 40, selector: one => one.mmsi }),
      query,
      fc.integer({ min: 1, max: 9 }),
      (ships, asked, limit) => {
        const picture = pictureOf(ships)
        const all = listShips(picture, asked, 100)
        const found = all.slots.map(slot => picture.mmsi[slot]!)
        expect(new Set(found).size).toBe(all.total)
        expect(found.every(mmsi => ships.some(one => one.mmsi === mmsi))).toBe(true)
        const { sort, isDescending } = asked
        expect(listShips(picture, { sort, isDescending }, 100).total).toBe(ships.length)
        // A short list is the head of the long one.
        expect(listShips(picture, asked, limit)).toEqual({ total: all.total, slots: all.slots.slice(0, limit) })
      },
    ),
  )
})
