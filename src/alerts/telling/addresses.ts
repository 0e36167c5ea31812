// Numbers and addresses that people have confirmed as their own: a code goes there and comes back. Only these get a test, and they are used before what the list of staff says.
import { randomInt } from 'node:crypto'
import { auditStatement, type Deed } from '#access/index.ts'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import type { Channel } from '../channels/channel.ts'
import type { AddressView, Way } from '../schema.ts'
import { hashOf, numberKey } from './answers.ts'
import { type Composer, wayOf } from './composer.ts'
import type { Message } from './message.ts'
import * as kept from './store.ts'
import { kstTime } from './text.ts'

export interface AddressesOptions {
  readonly store: Store
  readonly clock: Clock
  readonly channels: readonly Channel[]
  readonly composer: () => Pick<Composer, 'plainText'>
  post(message: Message, more?: readonly Statement[]): Promise<void>
  nameOf(person: string): string
}

export interface Refusal {
  readonly code: string
  readonly ko: string
  readonly en: string
}
type By = Pick<Deed, 'who' | 'session' | 'second'>

const CODE_LASTS_MS = 600_000
const MOST_TRIES = 5
const AGAIN_AFTER_MS = 60_000
const TEST_EVERY_MS = 30_000
const MOST_ADDRESSES = 6

const no = (code: string, ko: string, en: string): Result<never, Refusal> => refused({ code, ko, en })

export type Addresses = ReturnType<typeof createAddresses>

export function createAddresses({ store, clock, channels, composer, post, nameOf }: AddressesOptions) {
  let all = kept.allAddresses(store)
  const tested = new Map<string, number>()
  const keep = async (statements: readonly Statement[]): Promise<void> => {
    await store.write(statements)
    all = kept.allAddresses(store)
  }
  const channelsOf = (way: Way): readonly Channel[] => channels.filter(one => wayOf(one) === way)
  const keyOf = (way: Way, address: string): string => (way === 'email' ? address.trim().toLowerCase() : numberKey(address))
  const messageTo = (
    person: string,
    way: Way,
    address: string,
    kind: 'test' | 'confirm',
    text: string,
    language: 'ko' | 'en',
    only?: string,
  ): Message | undefined => {
    const routes = channelsOf(way).flatMap(channel => {
      if (only !== undefined && channel.name !== only) return []
      const dialled = channel.addressOf(address)
      return dialled.ok ? [{ channel: channel.name, to: dialled.value }] : []
    })
    const nowMs = clock.now()
    return routes.length === 0
      ? undefined
      : {
          id: `${kind}.${nowMs.toString(36)}.${hashOf(`${person} ${address} ${randomInt(1 << 30)}`).slice(0, 10)}`,
          kind,
          level: 2,
          recipient: { key: person, person, name: nameOf(person), language },
          routes,
          route: 0,
          state: 'waiting',
          attempts: 0,
          tries: 0,
          text,
          createdMs: nowMs,
          nextMs: nowMs,
        }
  }
  const of = (person: string): readonly kept.KeptAddress[] => all.filter(one => one.person === person)

  return {
    /** The confirmed ones, the newest last. */
    confirmed: (person: string) =>
      of(person)
        .filter(one => one.confirmedMs !== undefined)
        .sort((a, b) => (a.confirmedMs ?? 0) - (b.confirmedMs ?? 0)),
    views: (person: string): readonly AddressView[] =>
      of(person).map(({ way, address, language, confirmedMs }) => ({
        way,
        address,
        language,
        isConfirmed: confirmedMs !== undefined,
        ...(confirmedMs === undefined ? {} : { confirmedAt: new Date(confirmedMs).toISOString() }),
      })),
    /** Sends a code there. */
    async ask(person: string, way: Way, text: string, language: 'ko' | 'en', by: By): Promise<Result<undefined, Refusal>> {
      const able = channelsOf(way)
      if (able.length === 0)
        return no('no-channel', '이 방법으로 보내는 채널이 설정되어 있지 않습니다', 'no channel of this way is configured')
      const tried = able.map(one => one.addressOf(text))
      const good = tried.find(one => one.ok)
      if (!good?.ok)
        return no(
          'bad-address',
          `‘${text}’: ${tried.map(one => (one.ok ? '' : one.reason)).join('; ')}`,
          `‘${text}’: ${tried.map(one => (one.ok ? '' : one.reason)).join('; ')}`,
        )
      const address = keyOf(way, text)
      const known = of(person).find(one => one.way === way && one.address === address)
      if (!known && of(person).length >= MOST_ADDRESSES)
        return no('too-many', `연락처는 ${MOST_ADDRESSES}개까지입니다`, `at most ${MOST_ADDRESSES} addresses`)
      const nowMs = clock.now()
      if (of(person).some(one => nowMs - one.askedMs < AGAIN_AFTER_MS))
        return no('too-soon', '1분 뒤에 다시 청하십시오', 'ask again in a minute')
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const sending = messageTo(person, way, address, 'confirm', composer().plainText('confirm', language, { 번호: code }), language)
      if (!sending) return no('bad-address', `‘${text}’로 보낼 수 없습니다`, `nothing can be sent to ‘${text}’`)
      const row: kept.KeptAddress = {
        person,
        way,
        address,
        language,
        codeHash: hashOf(`${person} ${code}`),
        codeUntilMs: nowMs + CODE_LASTS_MS,
        tries: 0,
        askedMs: nowMs,
        ...(known?.confirmedMs === undefined ? {} : { confirmedMs: known.confirmedMs }),
      }
      await post(sending, [
        kept.saveAddress(row),
        auditStatement({ atMs: nowMs, ...by, deed: 'telling.address-ask', thing: person, note: way }),
      ])
      all = kept.allAddresses(store)
      return ok(undefined)
    },
    async confirm(person: string, way: Way, text: string, code: string, by: By): Promise<Result<undefined, Refusal>> {
      const known = of(person).find(one => one.way === way && one.address === keyOf(way, text))
      const nowMs = clock.now()
      if (!known?.codeHash || (known.codeUntilMs ?? 0) < nowMs || known.tries >= MOST_TRIES)
        return no('code-over', '확인 번호가 없거나 지났습니다. 새로 청하십시오', 'there is no code, or it has expired; ask for a new one')
      if (hashOf(`${person} ${code.trim()}`) !== known.codeHash) {
        await keep([kept.saveAddress({ ...known, tries: known.tries + 1 })])
        return no('wrong-code', '확인 번호가 다릅니다', 'that is not the code')
      }
      const { codeHash: _hash, codeUntilMs: _until, ...rest } = known
      await keep([
        kept.saveAddress({ ...rest, tries: 0, confirmedMs: nowMs }),
        auditStatement({ atMs: nowMs, ...by, deed: 'telling.address-confirm', thing: person, note: way }),
      ])
      return ok(undefined)
    },
    async remove(person: string, way: Way, text: string, by: By): Promise<Result<undefined, Refusal>> {
      const known = of(person).find(one => one.way === way && one.address === keyOf(way, text))
      if (!known) return no('not-found', '그런 연락처가 없습니다', 'there is no such address')
      await keep([
        kept.removeAddress(person, way, known.address),
        auditStatement({ atMs: clock.now(), ...by, deed: 'telling.address-remove', thing: person, note: way }),
      ])
      return ok(undefined)
    },
    /** 'Test to me': only to what is confirmed; by this channel alone where one is named. */
    async test(person: string, way: Way, by: By, channel?: string): Promise<Result<{ readonly message: string }, Refusal>> {
      const known = of(person).findLast(one => one.way === way && one.confirmedMs !== undefined)
      if (!known)
        return no(
          'not-confirmed',
          '확인된 본인 연락처로만 시험할 수 있습니다. 먼저 연락처를 확인하십시오',
          'a test goes only to your own confirmed address; confirm one first',
        )
      const nowMs = clock.now()
      if (nowMs - (tested.get(person) ?? 0) < TEST_EVERY_MS) return no('too-soon', '30초 뒤에 다시 하십시오', 'try again in half a minute')
      const sending = messageTo(
        person,
        way,
        known.address,
        'test',
        composer().plainText('test', known.language, { 시각: kstTime(nowMs) }),
        known.language,
        channel,
      )
      if (!sending) return no('no-channel', '이 방법으로 보내는 채널이 없습니다', 'no channel of this way is configured')
      tested.set(person, nowMs)
      await post(sending, [auditStatement({ atMs: nowMs, ...by, deed: 'telling.test', thing: person, note: way })])
      return ok({ message: sending.id })
    },
    reload(): void {
      all = kept.allAddresses(store)
    },
  }
}
