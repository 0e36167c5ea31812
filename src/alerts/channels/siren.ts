// A siren or a beacon at a relay: on for some seconds, then off. By Modbus/TCP, or by two requests of HTTP. A relay that times the pulse itself is better: a product that is killed meanwhile cannot
// switch it off before it starts again, and then it does so first.
import { ok, type Result, refused } from '#base/index.ts'
import { isClosing } from './cap-xml.ts'
import type { Channel, ChannelOptions, Preview, SendOutcome } from './channel.ts'
import { callHttp } from './http-call.ts'
import { notTaken } from './http-outcome.ts'
import { type Coil, writeCoil } from './modbus.ts'

export interface SirenSettings {
  readonly name: string
  readonly relay:
    | ({ readonly by: 'modbus' } & Coil)
    /** `offUrl` undefined: it goes off by itself. */
    | {
        readonly by: 'http'
        readonly method: string
        readonly onUrl: string
        readonly offUrl?: string
        readonly headers?: Readonly<Record<string, string>>
      }
  /** 0: it goes off by itself. */
  readonly pulseSeconds: number
}

/** To switch off must succeed: tried again so often. */
const OFF_AGAIN_MS = 2000

export function createSiren(settings: SirenSettings, { clock, onNews }: ChannelOptions): Channel {
  const { relay, pulseSeconds } = settings
  let transaction = 0
  let trouble: string | undefined
  let stopPulse: (() => void) | undefined
  let isClosed = false
  const line = (why: string | undefined): void => {
    if (why === trouble) return
    trouble = why
    onNews({ news: 'trouble', ...(why === undefined ? {} : { trouble: why }), atMs: clock.now() })
  }
  async function turn(isOn: boolean): Promise<SendOutcome> {
    if (relay.by === 'modbus') {
      transaction = (transaction + 1) & 0xffff
      const answer = await writeCoil(relay, isOn, transaction, clock)
      if (answer.end === 'done') return { outcome: 'accepted', parts: 1, isDelivered: true }
      // A coil written twice is written once: whoever doubts may write again.
      if (answer.end === 'unclear') return { outcome: 'in-doubt', reason: answer.why }
      return { outcome: 'refused', reason: answer.why, isFinal: answer.end === 'refused' }
    }
    const url = isOn ? relay.onUrl : relay.offUrl
    if (url === undefined) return { outcome: 'accepted', parts: 1, isDelivered: true }
    const answer = await callHttp({
      method: relay.method,
      url,
      allowsPrivate: true,
      clock,
      ...(relay.headers ? { headers: relay.headers } : {}),
    })
    return notTaken(answer) ?? { outcome: 'accepted', parts: 1, isDelivered: true }
  }
  /** Also at the start: what an earlier life left on. */
  async function off(): Promise<void> {
    stopPulse = undefined
    const outcome = await turn(false)
    if (outcome.outcome === 'accepted') return line(undefined)
    line(`the siren could not be switched off: ${outcome.reason}`)
    if (!isClosed && !stopPulse) stopPulse = clock.after(OFF_AGAIN_MS, () => void off())
  }
  const first = pulseSeconds > 0 ? off() : Promise.resolve()
  const addressOf = (text: string): Result<string, string> =>
    text.trim() === '' ? ok('') : refused('a siren has no address: leave it empty')
  return {
    name: settings.name,
    kind: 'siren',
    takesIdempotencyKey: true,
    addressOf,
    preview: (): Preview => ({ text: pulseSeconds > 0 ? `ON ${pulseSeconds} s` : 'ON', parts: 1, length: 0 }),
    async send(message) {
      const to = addressOf(message.to)
      if (!to.ok) return { outcome: 'refused', reason: to.reason, isFinal: true }
      await first
      if (message.alarm && isClosing(message.alarm)) {
        stopPulse?.()
        await off()
        return trouble === undefined
          ? { outcome: 'accepted', parts: 1, isDelivered: true }
          : { outcome: 'refused', reason: trouble, isFinal: false }
      }
      const outcome = await turn(true)
      line(outcome.outcome === 'accepted' ? undefined : outcome.reason)
      if (outcome.outcome !== 'refused' && pulseSeconds > 0) {
        stopPulse?.()
        stopPulse = clock.after(pulseSeconds * 1000, () => void off())
      }
      return outcome
    },
    trouble: () => trouble,
    async close() {
      isClosed = true
      const isOn = stopPulse !== undefined
      stopPulse?.()
      if (isOn) await off()
    },
  }
}
