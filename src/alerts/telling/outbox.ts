// The durable outbox: a message is kept, marked as handed over, handed over, and what became of it is kept, each before the next. Killed anywhere it goes on: what was handed over
// without an answer is in doubt. A dead channel is passed over and said to be dead.
import type { Clock } from '#base/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import type { Channel, ChannelKind, ChannelMessage, ChannelNews, SendOutcome } from '../channels/channel.ts'
import { createTurns, sureWrites } from './durable.ts'
import { type Gathered, gatheredBy } from './gathering.ts'
import { afterDoubt, doubted, handedOver, isOurs, type Message, received, sentOutcome } from './message.ts'
import * as kept from './store.ts'
import { resentText } from './text.ts'

export interface OutboxOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly channels: readonly Channel[]
  /** The address a message's link has, made anew from its id. */
  linkOf(message: Message): string | undefined
  /** Told after it is on the disk. */
  onChange(message: Message): void
}

export interface ChannelFigures {
  accepted: number
  refused: number
  inDoubt: number
}

export interface Outbox {
  /** What keeps these messages; `added` follows when they are on the disk. */
  statements(messages: readonly Message[]): readonly Statement[]
  added(messages: readonly Message[]): void
  /** What comes back from a channel. A reply is not ours. */
  receipt(channel: string, receipt: Extract<ChannelNews, { news: 'receipt' }>): Promise<void>
  /** Marks who has answered, or what a person decided; with rows kept in the same transaction. */
  change(id: string, change: (message: Message) => Message, more?: readonly Statement[]): Promise<void>
  figures(channel: string): ChannelFigures & { readonly waiting: number }
  /** Looks at what is due. */
  pump(): void
  /** Hands over nothing new and waits for what is on its way. */
  close(): Promise<void>
}

const MAX_FLYING = 500
/** Of one gathered message. */
const MOST_TOGETHER = 200
const LOOK_MS = 200
/** While every channel of a message is dead it is looked at so often. */
const DEAD_PAUSE_MS = 2000
const RETRY_MS = 1000
/** Channels without a line of their own do not know that the other side is back: one message in so long tries it. */
const TRY_DEAD_MS = 30_000
const HAVE_LINES: ReadonlySet<ChannelKind> = new Set(['sms-smpp', 'call-sip'])
const TRIES_DEAD_LEVEL = 2

export function createOutbox(options: OutboxOptions): Outbox {
  const { store, clock, log } = options
  const channels = new Map(options.channels.map(one => [one.name, one]))
  /** Messages that we still owe something, by id; truth as it is on the disk. */
  const ours = new Map<string, Message>()
  const flying = new Map<string, Promise<void>>()
  const { inTurn, all: underWay } = createTurns()
  const figures = new Map<string, ChannelFigures>()
  let isClosed = false

  const figuresOf = (channel: string): ChannelFigures => {
    const known = figures.get(channel) ?? { accepted: 0, refused: 0, inDoubt: 0 }
    figures.set(channel, known)
    return known
  }
  const takesKey = (message: Message): boolean => channels.get(message.routes[message.route]?.channel ?? '')?.takesIdempotencyKey ?? false

  const keepStatements = sureWrites({
    store,
    clock,
    log,
    againMs: RETRY_MS,
    what: 'a message could not be kept and is tried again',
    isClosed: () => isClosed,
  })
  const keep = async (message: Message, more: readonly Statement[] = []): Promise<void> => {
    await keepStatements([kept.saveMessage(message, isOurs(message)), ...more])
    if (isOurs(message)) ours.set(message.id, message)
    else ours.delete(message.id)
    options.onChange(message)
  }
  /** When a channel that is dead was tried last. */
  const tried = new Map<string, number>()
  const mayTry = (channel: Channel): boolean => !HAVE_LINES.has(channel.kind) && clock.now() - (tried.get(channel.name) ?? 0) >= TRY_DEAD_MS
  /** The first route from the one in use on whose channel works, or whose dead channel may be tried again; undefined: none. */
  const routeOf = (message: Message): number | undefined => {
    const usable = (isWanted: (channel: Channel) => boolean): number | undefined => {
      for (let n = message.route; n < message.routes.length; n++) {
        const channel = channels.get(message.routes[n]?.channel ?? '')
        if (channel && isWanted(channel)) return n
      }
      return undefined
    }
    const works = (channel: Channel): boolean => channel.trouble() === undefined
    // What is not pressing finds out whether a dead channel lives again; what is goes by one that works, and only where there is none by a dead one.
    return message.level >= TRIES_DEAD_LEVEL ? usable(one => works(one) || mayTry(one)) : (usable(works) ?? usable(mayTry))
  }

  const handOver = async (message: Message): Promise<void> => {
    const route = routeOf(message)
    if (route === undefined) {
      // Held in memory alone: the disk knows it as waiting, which it is.
      ours.set(message.id, { ...message, nextMs: clock.now() + DEAD_PAUSE_MS })
      return
    }
    const passed = message.routes[message.route]
    const dead = passed && route !== message.route ? channels.get(passed.channel)?.trouble() : undefined
    const sending = handedOver(dead === undefined ? message : { ...message, reason: dead }, route, clock.now())
    const to = sending.routes[route]
    const channel = channels.get(to?.channel ?? '')
    if (!to || !channel) return
    const gathered = gatheredOf(message, route)
    if (gathered && clock.now() < gathered.dueMs) {
      ours.set(message.id, { ...message, nextMs: gathered.dueMs })
      return
    }
    if (channel.trouble() !== undefined) tried.set(channel.name, clock.now())
    if (gathered) return sendTogether(sending, gathered, channel)
    await keep(sending)
    await settle(channel, sending, await sent(channel, wireOf(sending, to.to, options.linkOf(sending))))
  }

  const sent = (channel: Channel, message: ChannelMessage): Promise<SendOutcome> =>
    channel.send(message).catch(error => ({
      outcome: 'in-doubt' as const,
      reason: error instanceof Error ? error.message : String(error),
    }))
  /** What the channel's answer makes of it, kept. */
  const settle = async (channel: Channel, sending: Message, outcome: SendOutcome): Promise<void> => {
    const count = figuresOf(channel.name)
    if (outcome.outcome === 'accepted') count.accepted++
    else if (outcome.outcome === 'refused') count.refused++
    else count.inDoubt++
    let after = sentOutcome(sending, outcome, channel.takesIdempotencyKey, clock.now())
    const providerId = outcome.outcome === 'accepted' ? outcome.providerId : undefined
    if (providerId === undefined) return keep(after)
    // A receipt may be quicker than the answer.
    for (const { state, atMs, reason } of kept.receiptsFor(store, channel.name, providerId))
      after = received(after, { news: 'receipt', state, atMs, ...(reason === undefined ? {} : { reason }) }) ?? after
    await keep(after, [kept.saveAttempt(channel.name, providerId, sending.id)])
  }

  const gatheredOf = (message: Message, route = routeOf(message)): Gathered | undefined => {
    const to = route === undefined ? undefined : message.routes[route]
    return gatheredBy(message, channels.get(to?.channel ?? ''), to)
  }
  const inTurns = (ids: readonly string[], task: () => Promise<void>): Promise<void> => {
    const [id, ...rest] = ids
    return id === undefined ? task() : inTurn(id, () => inTurns(rest, task))
  }
  /** The first of them is due: all that wait for the same address go with it. Each is kept by itself before and after. */
  const sendTogether = (first: Message, { key, gathering }: Gathered, channel: Channel): Promise<void> => {
    const others = [...ours.values()]
      .filter(one => one.id !== first.id && one.state === 'waiting' && !flying.has(one.id) && gatheredOf(one)?.key === key)
      .slice(0, MOST_TOGETHER)
      .map(one => one.id)
    return inTurns(others, async () => {
      const nowMs = clock.now()
      const all = [first]
      for (const id of others) {
        // Meanwhile it may have been answered or taken back.
        const other = ours.get(id)
        if (other?.state === 'waiting') all.push(handedOver(other, routeOf(other) ?? other.route, nowMs))
      }
      all.sort((a, b) => a.createdMs - b.createdMs)
      for (const one of all) await keep(one)
      const wires = all.map(one => wireOf(one, one.routes[one.route]?.to ?? '', options.linkOf(one)))
      const outcome = await sent(channel, wires.length === 1 ? wires[0]! : gathering.together(wires))
      for (const one of all) await settle(channel, one, outcome)
    })
  }

  const due = (message: Message): Promise<void> =>
    inTurn(message.id, async () => {
      const now = ours.get(message.id)
      if (!now || isClosed) return
      if (now.state === 'in-doubt') await keep(afterDoubt(now, takesKey(now), clock.now()))
      else if (now.state === 'waiting') await handOver(now)
    })
  const pump = (): void => {
    if (isClosed) return
    const nowMs = clock.now()
    const ready = [...ours.values()].filter(one => one.state !== 'sending' && !flying.has(one.id) && (one.nextMs ?? 0) <= nowMs)
    ready.sort((a, b) => a.level - b.level || a.createdMs - b.createdMs)
    const led = new Set<string>()
    for (const message of ready.slice(0, Math.max(0, MAX_FLYING - flying.size))) {
      // One goes ahead of those that it takes along.
      const key = message.state === 'waiting' ? gatheredOf(message)?.key : undefined
      if (key !== undefined && led.has(key)) continue
      if (key !== undefined) led.add(key)
      const flight = due(message)
        .catch(error => log.error(`the message ${message.id} waits: ${error instanceof Error ? error.message : error}`))
        .finally(() => {
          flying.delete(message.id)
          const next = ours.get(message.id)
          if (next && next.state !== 'sending' && (next.nextMs ?? 0) <= clock.now()) pump()
        })
      flying.set(message.id, flight)
    }
  }

  // What an earlier run left: handed over and not answered is in doubt from now on.
  for (const message of kept.ourMessages(store))
    ours.set(
      message.id,
      message.state === 'sending'
        ? doubted(message, 'the product ended while it was handed over', takesKey(message), clock.now())
        : message,
    )
  for (const message of [...ours.values()])
    if (message.state === 'in-doubt') void inTurn(message.id, () => keep(message)).catch(() => undefined)
  const stop = clock.every(LOOK_MS, pump)

  return {
    statements: messages => messages.map(one => kept.saveMessage(one, isOurs(one))),
    added(messages) {
      for (const message of messages) if (isOurs(message)) ours.set(message.id, message)
      pump()
    },
    async receipt(channel, receipt) {
      const { providerId } = receipt
      const id = (providerId === undefined ? undefined : kept.messageOfAttempt(store, channel, providerId)) ?? receipt.id
      if (id === undefined || !(ours.has(id) || kept.messageById(store, id))) {
        if (providerId === undefined) return
        const { state, atMs, reason } = receipt
        await keepStatements([kept.saveReceipt({ channel, providerId, state, atMs, ...(reason === undefined ? {} : { reason }) })])
        return
      }
      await inTurn(id, async () => {
        const message = ours.get(id) ?? kept.messageById(store, id)
        const after = message && received(message, receipt)
        if (!message || !after) return
        const doubtIsOver = message.state === 'in-doubt' && providerId !== undefined
        await keep(doubtIsOver ? { ...after, providerId } : after, doubtIsOver ? [kept.saveAttempt(channel, providerId, id)] : [])
        if (isOurs(after)) pump()
      })
    },
    change: (id, change, more = []) =>
      inTurn(id, async () => {
        const message = ours.get(id) ?? kept.messageById(store, id)
        const after = message && change(message)
        if (after) await keep(after, after === message ? [] : more)
      }),
    figures: channel => ({
      ...figuresOf(channel),
      waiting: [...ours.values()].filter(one => one.routes[one.route]?.channel === channel && one.state === 'waiting').length,
    }),
    pump,
    async close() {
      stop()
      isClosed = true
      await Promise.allSettled([...flying.values(), ...underWay()])
    },
  }
}

/** As it goes out: the link put in, a text that may have come before says so. */
export function wireOf(message: Message, to: string, link: string | undefined): ChannelMessage {
  const withLink = message.text.replace('#{링크}', link ?? '').trim()
  const { template } = message
  return {
    id: message.id,
    attempt: message.attempts,
    to,
    text: message.isResent ? resentText(withLink, message.recipient.language) : withLink,
    ...(message.subject === undefined ? {} : { subject: message.subject }),
    ...(message.code === undefined ? {} : { code: message.code }),
    ...(link === undefined ? {} : { link }),
    ...(template ? { template: { ...template, variables: { ...template.variables, ...(link === undefined ? {} : { 링크: link }) } } } : {}),
    ...(message.situation ? { alarm: message.situation } : {}),
  }
}
