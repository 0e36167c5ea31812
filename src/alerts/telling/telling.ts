// Who is told of which alarm, and until when. Escalations are kept with the messages of each step in one transaction; the outbox hands those over; an answer is kept before it acts on
// the alarm. What a start finds unfinished goes on from there.
import type { Statement } from '#platform/store/index.ts'
import type { Alarm } from '../alarm.ts'
import type { ChannelNews } from '../channels/channel.ts'
import type { AnswerWay } from '../schema.ts'
import { codeFor, hashOf, meantBy, numberKey, type OpenCode, tokenOf } from './answers.ts'
import { createClosing } from './closing.ts'
import { answerNumber, createComposer, routesOf } from './composer.ts'
import type { Telling, TellingOptions } from './contract.ts'
import { createTurns, sureWrites } from './durable.ts'
import { answered, begun, type Escalation, hurried, nextStep, type Stepped, stopped } from './escalation.ts'
import type { TellingFacts } from './facts.ts'
import { createHolding } from './holding.ts'
import type { Message } from './message.ts'
import { createOutbox } from './outbox.ts'
import { ruleFor } from './rules.ts'
import * as kept from './store.ts'
import { createTroubles } from './troubles.ts'

const TICK_MS = 200
const COUNT_TICK_MS = 1000
const RETRY_MS = 2000
/** An alarm that is not back after this will not come. */
const COMES_BACK_MS = 600_000
const LINK_LASTS_MS = 24 * 3_600_000

export function createTelling(options: TellingOptions): Telling {
  const { store, clock, log, channels, alerts, people } = options
  const running = new Map<string, Escalation>()
  /** Ids whose step is on its way to the disk, or that are about to begin. */
  const busy = new Set<string>()
  const { inTurn, all: underWay } = createTurns()
  const codes = new Map<string, kept.KeptCode[]>()
  const holding = createHolding(store, clock, channels)
  let isClosed = false

  const composer = createComposer({
    clock,
    channels,
    key: options.key,
    rules: options.rules,
    ...(options.linkBase === undefined ? {} : { linkBase: options.linkBase }),
  })
  const outbox = createOutbox({
    store,
    clock,
    log,
    channels,
    linkOf: composer.linkOf,
    onChange(message) {
      options.onChange(message.alarm)
      if (message.state === 'failed' && message.escalation !== undefined) hurry(message)
    },
  })
  const troubles = createTroubles({ clock, channels, sink: options.sink, people, organisationWords: options.organisationWords })

  const keepSurely = sureWrites({ store, clock, log, againMs: RETRY_MS, what: 'telling waits for the disk', isClosed: () => isClosed })
  const quietly = (what: string, task: Promise<unknown>): void =>
    void task.catch(error => {
      if (!isClosed) log.error(`${what}: ${error instanceof Error ? error.stack : error}`)
    })
  const current = (id: string): Escalation | undefined => running.get(id) ?? kept.escalationById(store, id)
  const remember = (state: Escalation): void => {
    if (state.state === 'running') running.set(state.id, state)
    else running.delete(state.id)
  }
  const openCodes = (number: string): readonly OpenCode[] =>
    (codes.get(number) ?? []).map(one => ({ ...one, isOpen: running.has(one.escalation) || busy.has(one.escalation) }))
  const noteCode = (one: kept.KeptCode): void => {
    codes.set(one.number, [...(codes.get(one.number) ?? []).filter(other => other.code !== one.code), one])
  }

  const worldOf = (alarm: Alarm, facts: TellingFacts) =>
    people.at({ organisations: alarm.organisations ?? [], facts }, (recipient, ways) => routesOf(channels, recipient, ways).length > 0)

  /** One transaction: the state and the messages of the step. Then they go out. */
  const keepStep = async ({ state, tells, nobodyAt }: Stepped, alarm: Alarm, facts: TellingFacts): Promise<void> => {
    const nowMs = clock.now()
    const more: Statement[] = []
    const messages = tells.map(tell => {
      const routes = routesOf(channels, tell.recipient, tell.by)
      const number = answerNumber(channels, routes)
      const code = number === undefined ? undefined : codeFor(openCodes(number), state.id)
      const message = composer.alarmMessage(tell, state, alarm, facts, code, nowMs)
      if (number !== undefined && code !== undefined) {
        const one: kept.KeptCode = { number, code, escalation: state.id, message: message.id, atMs: nowMs }
        noteCode(one)
        more.push(kept.saveCode(one))
      }
      if (message.hasLink)
        more.push(
          kept.saveLink({
            hash: hashOf(tokenOf(options.key, message.id)),
            message: message.id,
            escalation: state.id,
            expiresMs: nowMs + LINK_LASTS_MS,
          }),
        )
      return tell.recipient.channel === undefined ? holding.checked(message, tell.isRepeat) : message
    })
    await keepSurely([kept.saveEscalation(state), ...outbox.statements(messages), ...more])
    remember(state)
    outbox.added(messages)
    for (const [n, message] of messages.entries())
      if (message.state === 'counted')
        holding.hold(message, composer.variablesOf(alarm, facts, message.recipient.language), tells[n]?.isRepeat === true)
    // What nobody heard of is no news about who is on duty.
    if (!troubles.isOwn(alarm)) for (const organisation of nobodyAt) troubles.nobodyAt(organisation)
    options.onChange(state.alarm)
  }
  /** One message for all that was held back, where it may go now. */
  const count = async (): Promise<void> => {
    for (const { messages, last } of holding.due()) {
      const message = composer.countMessage(messages, last, clock.now())
      await keepSurely(outbox.statements([message, ...messages.map(other => ({ ...other, countedIn: message.id }))]))
      outbox.added([message])
    }
  }

  const begin = (alarm: Alarm, id: string): void => {
    if (busy.has(id) || running.has(id)) return
    const facts = options.factsOf(alarm)
    if (facts.isDemo) return
    const rule = ruleFor(options.rules().rules, {
      level: alarm.level,
      detector: alarm.joined.detector,
      senses: alarm.joined.subjects.map(one => one.kind),
      organisations: people.withThoseAbove(alarm.organisations ?? []),
    })
    const chain = options.rules().chains.find(one => one.id === rule?.chain)
    if (!rule || !chain || kept.escalationById(store, id)) return
    busy.add(id)
    const task = inTurn(id, async () => {
      const nowMs = clock.now()
      const state = begun({ id, alarm: alarm.id, level: alarm.level }, rule, chain.steps, nowMs)
      await keepStep(nextStep(state, nowMs, worldOf(alarm, facts)), alarm, facts)
    }).finally(() => busy.delete(id))
    quietly(`alarm ${alarm.id} is not told`, task)
  }
  const advance = (id: string): void => {
    if (busy.has(id)) return
    busy.add(id)
    const task = inTurn(id, async () => {
      const state = running.get(id)
      const alarm = state && alerts.get(state.alarm)
      if (!state) return
      if (!alarm) return await withoutAlarm(state)
      const facts = options.factsOf(alarm)
      await keepStep(nextStep(state, clock.now(), worldOf(alarm, facts)), alarm, facts)
    }).finally(() => busy.delete(id))
    quietly(`the escalation ${id} does not go on`, task)
  }
  /** Killed after the telling was kept and before the alarm was: it comes back from the ledger. What does not come back is told no more. */
  const withoutAlarm = async (state: Escalation): Promise<void> => {
    const nowMs = clock.now()
    if (nowMs - state.begunMs < COMES_BACK_MS) return void running.set(state.id, { ...state, dueMs: nowMs + TICK_MS * 5 })
    const after = stopped(state, nowMs, { ko: '경보 기록 없음', en: 'there is no such alarm' })
    await keepSurely([kept.saveEscalation(after)])
    remember(after)
  }
  const change = (
    id: string,
    make: (state: Escalation) => Escalation,
    more: () => readonly Statement[] = () => [],
  ): Promise<Escalation | undefined> =>
    inTurn(id, async () => {
      const before = current(id)
      if (!before) return undefined
      const after = make(before)
      const statements = more()
      if (after === before && statements.length === 0) return before
      await keepSurely([kept.saveEscalation(after), ...statements])
      remember(after)
      options.onChange(after.alarm)
      return after
    })
  /** All that this telling sent has failed: who is next is told at once. */
  const hurry = ({ escalation = '', step, alarm = '' }: Message): void => {
    const state = running.get(escalation)
    if (!state) return
    const ofStep = kept.messagesOf(store, alarm).filter(one => one.escalation === escalation && one.step === step)
    if (ofStep.every(one => one.state === 'failed'))
      quietly(
        'an escalation is not hurried',
        change(escalation, one => hurried(one, clock.now())),
      )
  }

  const acknowledge = async (
    message: Message,
    by: Exclude<AnswerWay, 'desk'>,
    atMs: number,
    more: readonly Statement[],
  ): Promise<boolean> => {
    const { recipient, escalation = '', alarm = '' } = message
    const who = recipient.person ?? `tel:${recipient.key.slice(-4)}`
    const answer = { by, who, name: recipient.name, atMs }
    const after = await change(
      escalation,
      state => answered(state, answer),
      () => more,
    )
    await outbox.change(message.id, one => ({ ...one, answeredMs: one.answeredMs ?? atMs }))
    if (!after) return false
    const isFirst = after.answers.length === 1
    await alerts.act(alarm, { deed: 'acknowledge' }, who, `telling:${escalation}:${after.answers.length}`)
    return isFirst
  }
  const reply = async (channel: string, news: Extract<ChannelNews, { news: 'reply' }>): Promise<void> => {
    const number = numberKey(news.from)
    const byId = news.id === undefined ? undefined : kept.messageById(store, news.id)
    const meant = byId && /^\s*1\s*$/.test(news.text) ? undefined : meantBy(news.text, openCodes(number), clock.now())
    const message = meant === undefined ? byId : meant.outcome === 'found' ? kept.messageById(store, meant.code.message) : undefined
    const id = hashOf(`${channel}|${number}|${news.atMs}|${news.text}|${news.id ?? ''}`).slice(0, 24)
    const line = { id, atMs: news.atMs, channel, from: number, text: news.text.slice(0, 500) }
    // Told twice by the operator: answered once.
    if (store.read('SELECT id FROM telling_replies WHERE id = ?', [id]).length > 0) return
    if (!message) {
      const outcome = meant === undefined || meant.outcome === 'found' ? 'nothing-open' : meant.outcome
      return keepSurely([kept.saveReply({ ...line, outcome })])
    }
    const isOpen = running.has(message.escalation ?? '')
    const { person, name } = message.recipient
    const row = kept.saveReply({
      ...line,
      outcome: isOpen ? 'acknowledged' : 'late',
      name,
      ...(person === undefined ? {} : { person }),
      ...(message.alarm === undefined ? {} : { alarm: message.alarm }),
    })
    await acknowledge(message, byId ? 'key' : 'sms', news.atMs, [row])
  }

  const closing = createClosing({
    store,
    clock,
    channels,
    composer,
    rule: () => options.rules().closing,
    getAlarm: alerts.get,
    factsOf: options.factsOf,
    newestOf(alarm) {
      const id = escalationIdOf(alarm)
      return running.has(id) || busy.has(id) ? id : kept.escalationsOf(store, alarm.id).at(-1)?.id
    },
    change,
    current,
    checked(message, alarm, facts) {
      const one = holding.checked(message, false)
      if (one.state === 'counted') holding.hold(one, composer.variablesOf(alarm, facts, one.recipient.language), false)
      return one
    },
    statements: outbox.statements,
    added: outbox.added,
    quietly,
  })
  const alarmChanged = (alarm: Alarm): void => {
    if (isClosed || channels.length === 0) return
    follow(alarm)
    closing.look(alarm)
  }
  /** Begins, answers or stops its telling. */
  const follow = (alarm: Alarm): void => {
    const askedMs = alarm.askedAtMs ?? alarm.openedAtMs
    const id = escalationIdOf(alarm)
    const nowMs = clock.now()
    for (const other of running.values())
      if (other.alarm === alarm.id && other.id !== id)
        quietly(
          'an escalation is not stopped',
          change(other.id, one => stopped(one, nowMs, { ko: '더 무거운 사유로 다시 알림', en: 'told anew: a graver reason' })),
        )
    if (alarm.joined.withdrawn) return stop(id, { ko: '경보 취소', en: 'the alarm was withdrawn' })
    if (alarm.state !== 'raised') {
      if (!running.has(id) && !busy.has(id)) return
      const who = alarm.acknowledgedBy ?? ''
      const answer = { by: 'desk' as const, who, name: people.person(who)?.name ?? who, atMs: nowMs }
      // An answer by text or link acts on the alarm after it was kept: then it is answered already.
      quietly(
        'an answer is not kept',
        change(id, one => (one.state === 'running' ? answered(one, answer) : one)),
      )
      return
    }
    if (alarm.level > 1 && alarm.history.some(line => line.deed === 'ended'))
      return stop(id, { ko: '상황 끝남', en: 'the situation is over' })
    if (alarm.joined.live && askedMs >= sinceMs) begin(alarm, id)
  }
  const stop = (id: string, note: { readonly ko: string; readonly en: string }): void => {
    if (running.has(id) || busy.has(id))
      quietly(
        'an escalation is not stopped',
        change(id, one => stopped(one, clock.now(), note)),
      )
  }

  // What an earlier run left.
  for (const one of kept.runningEscalations(store)) running.set(one.id, one)
  for (const one of kept.allCodes(store)) noteCode(one)
  const sinceMs = kept.markAt(store, 'since') ?? clock.now()
  quietly('the beginning is not kept', store.write([kept.setMark('since', channels.length > 0 ? sinceMs : undefined)]))
  const open = alerts.open()
  for (const alarm of open) {
    alarmChanged(alarm)
    // Answered, and killed before the alarm was told so.
    const id = escalationIdOf(alarm)
    const answer = alarm.state === 'raised' && !running.has(id) ? kept.escalationById(store, id)?.answers.at(-1) : undefined
    if (answer && answer.by !== 'desk')
      quietly('an answer is not acted on', alerts.act(alarm.id, { deed: 'acknowledge' }, answer.who, `telling:${id}:1`))
  }
  const openIds = new Set(open.map(one => one.id))
  for (const { id, alarm } of [...running.values()])
    if (!openIds.has(alarm) && alerts.get(alarm)) stop(id, { ko: '종결된 경보', en: 'the alarm is closed' })

  if (channels.length > 0) closing.takeUp()

  const tick = (): void => {
    if (channels.length === 0) return
    closing.tick()
    const nowMs = clock.now()
    for (const one of running.values()) if (one.dueMs <= nowMs && !busy.has(one.id)) advance(one.id)
  }
  const stops = [
    clock.every(TICK_MS, tick),
    clock.every(COUNT_TICK_MS, () => {
      troubles.look()
      quietly('what was held back is not counted', count())
    }),
  ]

  return {
    composer,
    outbox,
    alarmChanged,
    news(channel, news) {
      if (isClosed) return
      if (news.news === 'receipt') quietly('a receipt is not kept', outbox.receipt(channel, news))
      else if (news.news === 'reply')
        quietly(
          'an answer is not kept',
          inTurn(`from ${news.from}`, () => reply(channel, news)),
        )
      else {
        troubles.look()
        outbox.pump()
      }
    },
    linkState(token) {
      const link = kept.linkOf(store, hashOf(token))
      if (!link) return { state: 'unknown' }
      const escalation = current(link.escalation)
      const alarm = escalation && alerts.get(escalation.alarm)
      const state = link.usedMs !== undefined ? 'used' : clock.now() > link.expiresMs ? 'expired' : 'good'
      return { state, ...(alarm ? { alarm } : {}) }
    },
    answerLink: token =>
      inTurn(`link ${hashOf(token)}`, async () => {
        const hash = hashOf(token)
        const link = kept.linkOf(store, hash)
        const message = link && kept.messageById(store, link.message)
        if (!link || !message) return 'unknown'
        if (link.usedMs !== undefined) return 'used'
        if (clock.now() > link.expiresMs) return 'expired'
        await acknowledge(message, 'link', clock.now(), [kept.spendLink(hash, clock.now())])
        return 'good'
      }),
    async post(message, more = []) {
      await store.write([...outbox.statements([message]), ...more])
      outbox.added([message])
    },
    running: () => [...running.values()],
    troubleSince: troubles.since,
    async close() {
      for (const end of stops) end()
      isClosed = true
      await Promise.allSettled(underWay())
      await outbox.close()
    },
  }
}

/** The same after a kill, whenever the alarm is opened again; a graver reason that asks anew is another. */
const escalationIdOf = ({ id, askedAtMs }: Alarm): string => `${id}.${(askedAtMs ?? 0).toString(36)}`
