// What a reader is told after it was connected to, one request after another: how to report, and what to look for. Readers can more or less: where one refuses, the plainer way
// is tried. A reader that still has our order goes on with it and is told nothing, so that what it held while we were away is not thrown away with the order.
import { LLRP, type LlrpSaid, type LlrpStatus } from '../protocols/llrp.ts'
import {
  addRospec,
  deleteRospec,
  enableEventsAndReports,
  enableRospec,
  getRospecs,
  rospec,
  setReaderConfig,
} from '../protocols/llrp-requests.ts'

export const KEEPALIVE_MS = 10_000

export type SetupOutcome =
  /** Send it and wait for its answer. */
  | { readonly send: Uint8Array }
  /** It reads. `send`: without an answer. */
  | { readonly isReading: true; readonly send: Uint8Array | undefined }
  | { readonly refused: string; readonly status: LlrpStatus }
  /** No answer to what was asked. */
  | undefined

export interface ReaderSetup {
  begin(): SetupOutcome
  answered(answer: Extract<LlrpSaid, { readonly kind: 'answer' }>): SetupOutcome
}

interface Step {
  readonly name: string
  readonly answer: number
  /** The second where the first is refused, and so on. */
  readonly ways: readonly ((id: number) => Uint8Array)[]
}

export function createReaderSetup(antennas: readonly number[]): ReaderSetup {
  const orders = [rospec({ antennas, by: 'rounds' }), rospec({ antennas, by: 'each' })] as const
  let order: { readonly id: number } = orders[0]
  const steps: readonly Step[] = [
    {
      name: 'SET_READER_CONFIG',
      answer: LLRP.setReaderConfigAnswer,
      ways: [true, false].map(holds => id => setReaderConfig(id, { keepaliveMs: KEEPALIVE_MS, holds })),
    },
    { name: 'GET_ROSPECS', answer: LLRP.getRospecsAnswer, ways: [getRospecs] },
    { name: 'DELETE_ROSPEC', answer: LLRP.deleteRospecAnswer, ways: [id => deleteRospec(id, 0)] },
    { name: 'ADD_ROSPEC', answer: LLRP.addRospecAnswer, ways: orders.map(one => id => addRospec(id, one.parameter)) },
    { name: 'ENABLE_ROSPEC', answer: LLRP.enableRospecAnswer, ways: [id => enableRospec(id, order.id)] },
  ]
  let [at, way, number, holds] = [0, 0, 0, false]
  const ask = (): SetupOutcome => {
    const step = steps[at]
    if (!step) return { isReading: true, send: holds ? enableEventsAndReports(++number) : undefined }
    return { send: step.ways[way]!(++number) }
  }
  return {
    begin() {
      ;[at, way, holds] = [0, 0, false]
      return ask()
    },
    answered({ type, id, status, rospecs }) {
      const step = steps[at]
      if (!step || (type !== step.answer && !(type === LLRP.error && id === number))) return undefined
      if (status.code !== 0 || type === LLRP.error) {
        way++
        if (way < step.ways.length) return ask()
        return { refused: step.name, status }
      }
      if (type === LLRP.setReaderConfigAnswer) holds = way === 0
      if (type === LLRP.addRospecAnswer) order = orders[way] ?? orders[0]
      const isThere =
        type === LLRP.getRospecsAnswer && rospecs.some(one => one.state !== 'disabled' && orders.some(own => own.id === one.id))
      // With others beside ours it is told anew: who else has given it orders is not known.
      at = isThere && rospecs.length === 1 ? steps.length : at + 1
      way = 0
      return ask()
    },
  }
}
