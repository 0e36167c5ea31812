// Texts a second by SMPP to a message centre in another process: our channel (Korean, parts, receipts counted) and, in the same run, a bare loop over the library with the same window.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import smpp, { type Session } from 'smpp'
import { createSmsSmpp } from '#alerts/channels/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import type { Bench } from './bench.ts'

const CHILD = fileURLToPath(new URL('./sms-centre-child.ts', import.meta.url))
const TEXTS = 6000
const WINDOW = 50
const ROUNDS = 3
const TEXT = '【무단개항】 부산항 신항 게이트 앞, CSQU3054383'

export const bench: Bench = {
  name: 'sms-throughput',
  question: 'how many texts a second does an operator’s message centre get by SMPP?',
  async run() {
    const [own, bare]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await withCentre('none', bareLoop))
      own.push(await withCentre('receipts', channelLoop))
    }
    const [perSecond, bareToo] = [median(own), median(bare)]
    return [
      {
        name: 'texts accepted, each with its receipt',
        value: Math.round(perSecond),
        unit: 'SMS/s',
        ratio: { to: 'a bare loop over the library, without receipts', value: perSecond / bareToo },
        size: `${TEXTS} texts of ${TEXT.length} letters in UCS-2, window ${WINDOW}, median of ${ROUNDS}`,
        goal: '≥ 500',
      },
      { name: 'bare loop over the library', value: Math.round(bareToo), unit: 'SMS/s' },
    ]
  },
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function withCentre(receipts: 'none' | 'receipts', loop: (port: number) => Promise<number>): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, receipts], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const said = async (): Promise<Readonly<Record<string, number>>> => JSON.parse((await lines.next()).value ?? '{}')
  try {
    const { port = 0 } = await said()
    const perSecond = await loop(port)
    child.stdin.write('\n')
    const { asked } = await said()
    if (asked !== TEXTS) throw new Error(`the centre counted ${asked} texts, ${TEXTS} were sent`)
    return perSecond
  } finally {
    child.stdin.end()
    child.kill()
  }
}

async function channelLoop(port: number): Promise<number> {
  let [up, receipts] = [() => {}, 0]
  let all = (): void => {}
  const isUp = new Promise<void>(done => (up = done))
  const isAll = new Promise<void>(done => (all = done))
  const channel = createSmsSmpp(
    {
      name: 'bench',
      host: '127.0.0.1',
      port,
      systemId: 'bench',
      password: 'x',
      sender: '1588',
      numberForm: 'international',
      perSecond: 5000,
      window: WINDOW,
    },
    {
      clock: machineClock,
      onNews(news) {
        if (news.news === 'trouble' && news.trouble === undefined) up()
        if (news.news === 'receipt' && news.state === 'delivered' && ++receipts === TEXTS) all()
      },
    },
  )
  await isUp
  const begun = performance.now()
  const outcomes = await Promise.all(
    Array.from({ length: TEXTS }, (_, n) =>
      channel.send({ id: `m${n}`, attempt: 1, to: `+44 7700 900${String(n % 1000).padStart(3, '0')}`, text: TEXT }),
    ),
  )
  await isAll
  const seconds = (performance.now() - begun) / 1000
  await channel.close()
  const bad = outcomes.find(one => one.outcome !== 'accepted')
  if (bad) throw new Error(JSON.stringify(bad))
  return TEXTS / seconds
}

async function bareLoop(port: number): Promise<number> {
  const session: Session = smpp.connect({ host: '127.0.0.1', port })
  await new Promise<void>(done => session.bind_transceiver({ system_id: 'bare', password: 'x' }, () => done()))
  const bytes = Buffer.from(TEXT, 'utf16le').swap16()
  const begun = performance.now()
  await new Promise<void>(done => {
    let [sent, answered] = [0, 0]
    const next = (): void => {
      if (sent++ >= TEXTS) return
      session.submit_sm({ destination_addr: `447700900${sent % 1000}`, source_addr: '1588', data_coding: 8, short_message: bytes }, () => {
        if (++answered === TEXTS) done()
        next()
      })
    }
    for (let n = 0; n < WINDOW; n++) next()
  })
  const seconds = (performance.now() - begun) / 1000
  session.destroy()
  return TEXTS / seconds
}
