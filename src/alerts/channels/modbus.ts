// One coil of a relay by Modbus/TCP: function 05, Write Single Coil (MODBUS Application Protocol V1.1b3 §6.5; Messaging on TCP/IP V1.0b §3.1). The relay answers with the same bytes.
import { connect } from 'node:net'
import type { Clock } from '#base/index.ts'

export interface Coil {
  readonly host: string
  readonly port: number
  /** 1–247; 255 for a device that has no others behind it. */
  readonly unit: number
  /** From 0. */
  readonly coil: number
}
/** `not-sent`: the relay surely did not switch. */
export type CoilAnswer = { readonly end: 'done' } | { readonly end: 'not-sent' | 'refused' | 'unclear'; readonly why: string }

const WRITE_SINGLE_COIL = 5
/** §7. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  1: 'it cannot switch coils (illegal function)',
  2: 'it has no such coil (illegal data address): set `coil`',
  3: 'illegal data value',
  4: 'it has a fault (server device failure)',
  6: 'it is busy',
  11: 'the unit behind the gateway does not answer: set `unit`',
}

export function writeCoil(at: Coil, isOn: boolean, transaction: number, clock: Clock, timeoutMs = 3000): Promise<CoilAnswer> {
  const ask = Buffer.from([0, 0, 0, 0, 0, 6, at.unit, WRITE_SINGLE_COIL, 0, 0, isOn ? 0xff : 0x00, 0])
  ask.writeUInt16BE(transaction & 0xffff, 0)
  ask.writeUInt16BE(at.coil, 8)
  const where = `${at.host}:${at.port}`
  return new Promise(done => {
    let isSent = false
    let got = Buffer.alloc(0)
    const socket = connect(at.port, at.host)
    const end = (answer: CoilAnswer): void => {
      stop()
      socket.destroy()
      done(answer)
    }
    const stop = clock.after(timeoutMs, () =>
      end({ end: isSent ? 'unclear' : 'not-sent', why: `${where} has not answered within ${timeoutMs / 1000} s` }),
    )
    socket.on('connect', () => {
      isSent = true
      socket.write(ask)
    })
    socket.on('data', (piece: Buffer) => {
      got = Buffer.concat([got, piece])
      if (got.length >= 12 && got.subarray(0, 12).equals(ask)) return end({ end: 'done' })
      if (got.length >= 9 && got.readUInt16BE(0) === (transaction & 0xffff) && got[7] === (WRITE_SINGLE_COIL | 0x80))
        return end({ end: 'refused', why: `${where}: ${EXCEPTIONS[got[8] ?? 0] ?? `exception ${got[8]}`}` })
      if (got.length >= 12) end({ end: 'unclear', why: `${where} answers something else: ${got.subarray(0, 12).toString('hex')}` })
    })
    socket.on('error', error => end({ end: isSent ? 'unclear' : 'not-sent', why: `${where}: ${error.message}` }))
    socket.on('close', () => end({ end: isSent ? 'unclear' : 'not-sent', why: `${where} has closed the line` }))
  })
}
