// Wires telling to its doors: rules, own addresses, routes, the live line, the alarms it listens to. The only file of the folder that knows all the others.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Duty } from '#access/duty/index.ts'
import type { Access } from '#access/index.ts'
import { type Clock, POSTS } from '#base/index.ts'
import type { Bus } from '#platform/bus/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Live } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FindingSink } from '#rules/index.ts'
import { ALARM_CHANGED, type Alarm } from '../alarm.ts'
import type { Alerts } from '../alerts.ts'
import type { Channel, ChannelNews } from '../channels/channel.ts'
import { DETECTOR_WORDS } from '../detector-words.ts'
import { createAddresses } from './addresses.ts'
import { callbackSecretOf } from './answers.ts'
import { routesOf } from './composer.ts'
import type { TellingFacts } from './facts.ts'
import { POST_WORDS } from './post-words.ts'
import { tellingRoutes } from './routes.ts'
import { createRuleBook } from './rule-book.ts'
import { ruleRoutes } from './rule-routes.ts'
import { type RuleSubject, ruleFor } from './rules.ts'
import { escalationsOf } from './store.ts'
import { createTelling } from './telling.ts'
import { describedAlarm, describedFacts, trialOf } from './trial.ts'
import { previewOf } from './views.ts'
import { createPeopleWorld, type PeopleWorld } from './world.ts'

export interface StartTellingOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly bus: Bus
  readonly http: Http
  readonly live: Live
  readonly access: Access
  readonly alerts: Alerts
  readonly duty: Duty
  readonly sink: FindingSink
  /** File of the key that links and callback addresses are made with. */
  readonly keyFile: string
  /** https://… by which phones reach the product; absent: texts have no link. */
  readonly linkBase?: string
  factsOf(alarm: Alarm): TellingFacts
  /** The channels that are configured; each tells its news by its name. */
  openChannels(
    onNews: (channel: string, news: ChannelNews) => void,
    /** What a provider is told to call; undefined where the product has no address for others. */
    callbackUrl: (channel: string) => string | undefined,
  ): readonly Channel[]
}

const LOG_NEWS_MS = 1000

export interface RunningTelling {
  close(): Promise<void>
}

export function startTelling(options: StartTellingOptions): RunningTelling {
  const { store, clock, log, bus, http, live, access, alerts, duty } = options
  const key = keyOf(options.keyFile)
  let heard: (channel: string, news: ChannelNews) => void = () => {}
  const channels = options.openChannels(
    (channel, news) => heard(channel, news),
    channel =>
      options.linkBase && `${options.linkBase}/api/telling/callback/${encodeURIComponent(channel)}/${callbackSecretOf(key, channel)}`,
  )
  const book = createRuleBook(store, clock, {
    isPerson: id => access.people.personById(id) !== undefined,
    isOrganisation: id => access.organisations().get(id) !== undefined,
    isPost: word => POSTS.some(post => post === word),
    isChannel: name => channels.some(one => one.name === name),
    isDetector: name => DETECTOR_WORDS[name] !== undefined,
  })
  const addresses = createAddresses({
    store,
    clock,
    channels,
    composer: () => telling.composer,
    post: (message, more) => telling.post(message, more),
    nameOf: person => access.people.personById(person)?.name ?? person,
  })
  const people = createPeopleWorld({ access, duty, clock, ownAddresses: addresses.confirmed })
  let logIsDue = false
  /** Once a second, whatever a storm does: the log and the channels are asked for anew as a whole. */
  const logChanged = (): void => {
    if (logIsDue) return
    logIsDue = true
    clock.after(LOG_NEWS_MS, () => {
      logIsDue = false
      live.announce({ kind: 'telling-log' }, { deed: 'telling.log', organisations: 'all' }, 'gathered')
    })
  }
  const telling = createTelling({
    store,
    clock,
    log,
    channels,
    alerts,
    people,
    key,
    ...(options.linkBase === undefined ? {} : { linkBase: options.linkBase }),
    sink: options.sink,
    organisationWords(id) {
      const one = access.organisations().get(id)
      return one ? { ko: one.ko, en: one.en } : { ko: id, en: id }
    },
    factsOf: options.factsOf,
    rules: book.now,
    onChange(alarm) {
      logChanged()
      if (alarm === undefined) return
      const state = escalationsOf(store, alarm).at(-1)?.state ?? 'none'
      live.announce(
        { kind: 'telling', alarm, state },
        { deed: 'telling.look', organisations: alerts.get(alarm)?.organisations ?? [] },
        'gathered',
      )
    },
  })
  heard = (channel, news) => {
    telling.news(channel, news)
    logChanged()
  }
  const deaf = bus.on(ALARM_CHANGED, telling.alarmChanged)
  tellingRoutes({
    http,
    store,
    clock,
    channels,
    telling,
    addresses,
    book,
    key,
    getAlarm: alerts.get,
    preview(alarm, rules) {
      const facts = options.factsOf(alarm)
      const organisations = alarm.organisations ?? []
      return previewOf({
        alarm,
        facts,
        rules,
        rule: ruleFor(rules.rules, subjectOf(alarm, people)),
        channels,
        composer: telling.composer,
        world: people.at({ organisations, facts }, (recipient, ways) => routesOf(channels, recipient, ways).length > 0),
        nowMs: clock.now(),
      })
    },
  })
  ruleRoutes({
    http,
    book,
    nameOf: id => access.people.personById(id)?.name ?? id,
    getAlarm: alerts.get,
    choices: () => ({
      detectors: Object.entries(DETECTOR_WORDS).map(([id, words]) => ({ id, ...words })),
      organisations: access
        .organisations()
        .all.filter(one => one.closedAtMs === undefined)
        .map(({ id, ko, en }) => ({ id, ko, en })),
      posts: Object.keys(POST_WORDS),
      people: access.people
        .all()
        .filter(one => one.isActive)
        .map(({ id, name }) => ({ id, name })),
      channels: channels.map(({ name, kind }) => ({ name, kind })),
    }),
    trial({ rules, about, atMs = clock.now() }) {
      const alarm = 'joined' in about ? about : describedAlarm(about, atMs)
      const facts = 'joined' in about ? options.factsOf(about) : describedFacts(about)
      return trialOf({
        rules,
        rule: ruleFor(rules.rules, subjectOf(alarm, people)),
        alarm,
        facts,
        channels,
        composer: telling.composer,
        atMs,
        worldAt: (canReach, momentMs) => people.at({ organisations: alarm.organisations ?? [], facts }, canReach, momentMs),
      })
    },
  })
  return {
    async close() {
      deaf()
      await telling.close()
      await Promise.allSettled(channels.map(one => one.close()))
    },
  }
}

const subjectOf = (alarm: Alarm, people: Pick<PeopleWorld, 'withThoseAbove'>): RuleSubject => ({
  level: alarm.level,
  detector: alarm.joined.detector,
  senses: alarm.joined.subjects.map(one => one.kind),
  organisations: people.withThoseAbove(alarm.organisations ?? []),
})

/** Made once; whoever holds it could answer in anybody's name, so it lies beside the other keys and not in the store. */
function keyOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch {
    const key = randomBytes(32)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, key, { mode: 0o600, flag: 'wx' })
    return key
  }
}
