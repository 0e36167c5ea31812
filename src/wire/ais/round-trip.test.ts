// What is encoded reads back the same: over the shared recordings, and where the end of a message may be left out.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sharedData } from '#testkit/shared-data.ts'
import { type AisObject, createAisStream, decodePayload, encodePayload, type PayloadSink } from './index.ts'

const SPARE_LETTERS = 16

function sentAndReceived(object: AisObject): AisObject | string {
  const { six, fillBits } = encodePayload(object)
  const padded = new Uint8Array(six.length + SPARE_LETTERS)
  padded.set(six)
  return decodePayload(padded, six.length * 6 - fillBits)
}

test('a type 20 whose first reservation ends in zeros is sent whole', () => {
  const rest = [2, 3, 4].map(n => ({ [`offset${n}`]: 0, [`number${n}`]: 0, [`timeout${n}`]: 0, [`increment${n}`]: 0 }))
  const sent: AisObject = Object.assign(
    { type: 20, repeat: 3, mmsi: 992501079, offset1: 1402, number1: 3, timeout1: 7, increment1: 0 },
    ...rest,
  )
  expect(sentAndReceived(sent)).toEqual(sent)
})

const BY_TYPE = sharedData('ais/go-ais-by-type.nmea')

test.runIf(BY_TYPE !== undefined)('every message of the recording by type encodes to the values it was decoded from', () => {
  let messages = 0
  const differing: AisObject[] = []
  const sink: PayloadSink = {
    message: () => {},
    refused: () => {},
    payload(six, bits) {
      const object = decodePayload(six, bits)
      if (typeof object === 'string') return
      messages++
      if (JSON.stringify(sentAndReceived(object)) !== JSON.stringify(object)) differing.push(object)
    },
  }
  const stream = createAisStream(sink)
  stream.push(readFileSync(BY_TYPE ?? ''), 0)
  stream.end(0)
  expect(messages).toBeGreaterThan(1000)
  expect(differing).toEqual([])
})
