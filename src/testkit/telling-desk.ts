// Telling on a real store under a clock moved by hand, against a message centre in memory that outlives the product: what it took, how often, by which id. The product can be killed
// after any durable write: from then on nothing of it is written, sent or heard.
import { join } from 'node:path'
import { ACCESS_MIGRATIONS } from '#access/index.ts'
import type { Channel, ChannelKind, ChannelMessage, ChannelNews, SendOutcome } from '#alerts/channels/index.ts'
import { ALERTS_MIGRATIONS, type Alerts, createAlerts } from '#alerts/index.ts'
import type { TellingRules } from '#alerts/schema.ts'
import {
  createTelling,
  DEFAULT_RULES,
  type PeopleWorld,
  type Recipient,
  TELLING_MIGRATIONS,
  type Telling,
  type TellingFacts,
} from '#alerts/telling/index.ts'
import { type Clock, epochMs, ok, refused } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import type { Finding, FindingEvent, JoinedAlarm } from '#rules/index.ts'
import { createJoining } from '#rules/index.ts'
import { temporaryFolder } from './product.ts'

export const TELLING_NOW = Date.UTC(2026, 10, 24, 3)

/** A clock that stands until it is moved. */
export function handClock(nowMs = TELLING_NOW) {
  let now = nowMs
  interface Task {
    atMs: number
    readonly everyMs?: number
    readonly run: () => void
  }
  let tasks = new Set<Task>()
  const add = (task: Task): (() => void) => {
    tasks.add(task)
    return () => void tasks.delete(task)
  }
  const clock: Clock = {
    now: () => epochMs(now),
    every: (everyMs, run) => add({ atMs: now + everyMs, everyMs, run }),
    after: (afterMs, run) => add({ atMs: now + afterMs, run }),
  }
  return {
    clock,
    /** Forgets who waits: what was killed is called no more. */
    forget(): void {
      tasks = new Set()
    },
    /** To the next task, at most to `untilMs`. */
    step(untilMs: number): boolean {
      const next = [...tasks].filter(one => one.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!next) {
        now = untilMs
        return false
      }
      now = Math.max(now, next.atMs)
      if (next.everyMs === undefined) tasks.delete(next)
      else next.atMs += next.everyMs
      next.run()
      return true
    },
  }
}

/** What an operator's server has: each text as it came. */
export interface Taken extends ChannelMessage {
  readonly channel: string
  readonly atMs: number
}

export interface MemoryCentre {
  readonly taken: Taken[]
  readonly channel: Channel
  /** How the next sends go. */
  mode: 'accept' | 'accept-and-forget' | 'refuse' | 'refuse-for-good' | 'throttle'
  dead: string | undefined
  hear(news: ChannelNews): void
}

/** An honest channel: what it calls accepted is in `taken`; a key it has seen is not taken twice. */
export function memoryCentre(
  name: string,
  kind: ChannelKind,
  clock: Clock,
  listener: (name: string, news: ChannelNews) => void,
  isAlive: () => boolean,
): MemoryCentre {
  const takesIdempotencyKey = kind !== 'sms-smpp' && kind !== 'call-sip'
  const seen = new Set<string>()
  const centre: MemoryCentre = {
    taken: [],
    mode: 'accept',
    dead: undefined,
    hear: news => listener(name, news),
    channel: {
      name,
      kind,
      takesIdempotencyKey,
      addressOf: text => (/^[0-9+@.a-z-]+$/.test(text) || kind === 'webhook' ? ok(text) : refused(`‘${text}’ is no address`)),
      preview: ({ text }) => ({ text, length: text.length, parts: text.length <= 70 ? 1 : Math.ceil(text.length / 67), costWon: 10 }),
      async send(message): Promise<SendOutcome> {
        await new Promise(done => setImmediate(done))
        if (!isAlive()) return new Promise(() => {})
        if (centre.mode === 'refuse') return { outcome: 'refused', reason: 'system error', isFinal: false }
        if (centre.mode === 'throttle') return { outcome: 'refused', reason: 'throttled', isFinal: false, retryAfterMs: 500 }
        if (centre.mode === 'refuse-for-good') return { outcome: 'refused', reason: 'invalid number', isFinal: true }
        if (!takesIdempotencyKey || !seen.has(message.id)) centre.taken.push({ ...message, channel: name, atMs: clock.now() })
        seen.add(message.id)
        if (centre.mode === 'accept-and-forget') return { outcome: 'in-doubt', reason: 'no answer' }
        const parts = message.text.length <= 70 ? 1 : Math.ceil(message.text.length / 67)
        return { outcome: 'accepted', providerId: `${name}-${centre.taken.length}`, parts, costWon: 10 * parts }
      },
      trouble: () => centre.dead,
      close: () => Promise.resolve(),
    },
  }
  return centre
}

export const officerOf = (key: string, addresses: Recipient['addresses']): Recipient => ({
  key,
  person: key,
  name: `직원 ${key}`,
  language: 'ko',
  addresses,
})

export function findingOf(change: Partial<Finding> = {}): Finding {
  return {
    id: `seal-opened|journey:J1|${change.from ?? TELLING_NOW}`,
    detector: 'seal-opened',
    subjects: [{ kind: 'journey', id: 'J1' }],
    from: epochMs(TELLING_NOW),
    raisedAt: epochMs(TELLING_NOW),
    severity: 'critical',
    live: true,
    numbers: {},
    evidence: [],
    why: { ko: '무단 개봉', en: 'opened' },
    place: { lat: 35, lon: 129 },
    ...change,
  }
}
export const joinedOf = (...findings: Finding[]): JoinedAlarm => {
  const joining = createJoining()
  let alarm: JoinedAlarm | undefined
  for (const finding of findings) alarm = joining.take({ change: 'raised', finding }).alarm ?? alarm
  if (!alarm) throw new Error('no alarm')
  return alarm
}

export interface TellingDeskOptions {
  readonly channels?: readonly (readonly [name: string, kind: ChannelKind])[]
  rules?: TellingRules
  facts?: Partial<TellingFacts>
}

export type TellingDesk = Awaited<ReturnType<typeof tellingDesk>>

/** Duty by organisation can be changed while it runs. */
export async function tellingDesk(options: TellingDeskOptions = {}) {
  const folder = temporaryFolder()
  const store = await openStore({
    file: join(folder.path, 'store.db'),
    migrations: [...ACCESS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...TELLING_MIGRATIONS],
  })
  const hand = handClock()
  const { clock } = hand
  const duty = new Map<string, readonly Recipient[]>([
    ['busan', [officerOf('p-1', { sms: '010-0000-0001', call: '010-0000-0001' })]],
    ['hq', [officerOf('p-9', { sms: '010-0000-0009', call: '010-0000-0009' })]],
  ])
  const posts = new Map<string, readonly Recipient[]>()
  const found: FindingEvent[] = []
  let life = 0
  /** Durable writes until the product is killed (negative: before the last of them); 0: dead; undefined: it lives. */
  let killAfter: number | undefined
  let writes = 0
  let listener: (name: string, news: ChannelNews) => void = () => {}
  const centres = new Map(
    (options.channels ?? [['sms', 'sms-smpp']]).map(([name, kind]) => [
      name,
      memoryCentre(
        name,
        kind,
        clock,
        (channel, news) => listener(channel, news),
        () => killAfter !== 0,
      ),
    ]),
  )
  const isDead = (of: number): boolean => of !== life || killAfter === 0
  const mortal = (of: number): Store => ({
    ...store,
    async write(statements) {
      if (isDead(of)) return new Promise(() => {})
      if (killAfter !== undefined && killAfter <= -1) {
        killAfter++
        if (killAfter === 0) return new Promise(() => {})
      }
      await store.write(statements)
      writes++
      if (killAfter !== undefined && killAfter > 0) killAfter--
      if (isDead(of)) return new Promise(() => {})
    },
  })
  const people: PeopleWorld = {
    person: id => [...duty.values(), ...posts.values()].flat().find(one => one.key === id),
    isSomebodyOnDuty: organisation => (duty.get(organisation) ?? []).length > 0,
    withThoseAbove: organisations => [...organisations, 'hq'],
    at: ({ organisations, facts }, canReach) => ({
      canReach,
      isWorkingHours: () => true,
      find(whom) {
        const here = organisations.length > 0 ? organisations : ['hq']
        const placeOf =
          'of' in whom ? (whom.of === 'place' ? here : whom.of === 'above' || whom.of === 'head-office' ? ['hq'] : [whom.of]) : []
        if (whom.who === 'on-duty') return placeOf.flatMap(one => duty.get(one) ?? [])
        if (whom.who === 'post') return placeOf.flatMap(one => posts.get(`${whom.post}@${one}`) ?? [])
        if (whom.who === 'journey-officers')
          return (facts.officers?.destination ?? []).map(one => ({
            key: one.person ?? `tel:${one.phone}`,
            name: one.name,
            language: 'ko' as const,
            addresses: one.phone === undefined ? {} : { sms: one.phone, call: one.phone },
          }))
        return whom.who === 'channel'
          ? [{ key: whom.channel, name: whom.channel, language: 'ko', addresses: {}, channel: whom.channel }]
          : []
      },
      namesOf: whom => ({ ko: whom.who, en: whom.who, organisations: 'of' in whom ? (whom.of === 'place' ? organisations : ['hq']) : [] }),
    }),
  }
  let telling: Telling
  let alerts: Alerts
  const start = (): void => {
    life++
    hand.forget()
    const mine = life
    const own = mortal(mine)
    alerts = createAlerts({
      store: own,
      clock,
      escalateAfterMs: [],
      organisationsOf: () => ['busan'],
      onChange: alarm => {
        if (!isDead(mine)) telling?.alarmChanged(alarm)
      },
    })
    telling = createTelling({
      store: own,
      clock,
      log: { info() {}, warn() {}, error: line => (isDead(mine) ? undefined : faults.push(line)) },
      channels: [...centres.values()].map(one => one.channel),
      alerts,
      people,
      key: Buffer.from('key of the test'),
      linkBase: 'https://room.example',
      sink: event => found.push(event),
      organisationWords: id => ({ ko: id, en: id }),
      factsOf: () => ({ subject: 'MSKU0000003', subjects: [], ...options.facts }),
      rules: () => options.rules ?? DEFAULT_RULES,
      onChange: () => {},
    })
    listener = (channel, news) => {
      if (!isDead(mine)) telling.news(channel, news)
    }
  }
  const faults: string[] = []
  start()

  /** Lets everything that is on its way to the disk or to a channel arrive. */
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 4; ) {
      await new Promise(done => setImmediate(done))
      quiet = store.figures().waiting === 0 ? quiet + 1 : 0
    }
  }
  return {
    store,
    duty,
    posts,
    found,
    faults,
    clock,
    centre(name = 'sms'): MemoryCentre {
      const centre = centres.get(name)
      if (!centre) throw new Error(`there is no channel ${name}`)
      return centre
    },
    telling: () => telling,
    alerts: () => alerts,
    writes: () => writes,
    settle,
    async advance(ms: number): Promise<void> {
      const untilMs = clock.now() + ms
      await settle()
      while (clock.now() < untilMs) {
        hand.step(Math.min(untilMs, clock.now() + 200))
        if (store.figures().waiting > 0 || clock.now() % 1000 < 200) await settle()
      }
      await settle()
    },
    async raise(...findings: Finding[]): Promise<string> {
      const joined = joinedOf(...findings)
      alerts.take(joined)
      await settle()
      return joined.id
    },
    /** `before`: when this write is about to be done; `after`: when it has just been done. The first is 1. */
    killAtWrite(n: number, moment: 'before' | 'after'): void {
      killAfter = moment === 'after' ? n : -n
      writes = 0
    },
    isKilled: () => killAfter === 0,
    /** kill -9 and a new start on the same folder. */
    async restart(): Promise<void> {
      life++
      await settle()
      killAfter = undefined
      start()
      await settle()
    },
    async close(): Promise<void> {
      alerts.close()
      await telling.close()
      await store.close()
      folder.remove()
    },
  }
}
