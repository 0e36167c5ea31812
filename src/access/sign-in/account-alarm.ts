// What happens to accounts that an officer on duty must know at once: the sealed account was opened, a passkey exists twice. Alarms like any other.
import type { Clock } from '#base/index.ts'
import { createFindingDesk, type FindingSink, type Subject } from '#rules/index.ts'

export interface AccountAlarm {
  /** Each use is told; it lasts until the account is sealed again. `atMs`: of a use that is still open, after a restart. */
  sealedAccountUsed(account: string, atMs: number): void
  sealedAgain(account: string): void
  passkeyCopied(person: string, name: string): void
}

const subjectsOf = (id: string): Subject[] => [{ kind: 'account', id }]

export function createAccountAlarm(clock: Pick<Clock, 'now'>, sink: FindingSink): AccountAlarm {
  // A later use is news of its own, never the earlier one going on.
  const used = createFindingDesk({ detector: 'sealed-account-used', sink, mergeMs: -1 })
  const copied = createFindingDesk({ detector: 'passkey-copied', sink, mergeMs: -1 })
  return {
    sealedAccountUsed(account, atMs) {
      used.end(subjectsOf(account), clock.now())
      used.raise({
        subjects: subjectsOf(account),
        fromMs: atMs,
        raisedAtMs: atMs,
        severity: 'critical',
        numbers: {},
        why: {
          ko: '봉인 계정이 쓰였습니다. 누가 왜 열었는지 확인하고, 끝나면 다시 봉인하십시오',
          en: 'the sealed account was used; find out by whom and why, and seal it again when it is done',
        },
      })
    },
    sealedAgain: account => used.end(subjectsOf(account), clock.now()),
    passkeyCopied(person, name) {
      copied.raise({
        subjects: subjectsOf(person),
        fromMs: clock.now(),
        toMs: clock.now(),
        raisedAtMs: clock.now(),
        severity: 'high',
        numbers: {},
        why: {
          ko: `${name}의 패스키가 복제된 것으로 보여 막았습니다. 본인에게 확인하십시오`,
          en: `a passkey of ${name} seems to have been copied and is stopped; ask the person`,
        },
      })
    },
  }
}
