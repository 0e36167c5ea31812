// Why the room refuses, in the words of the screen.
import { type Result, refused } from '#base/index.ts'

/** Status over HTTP, then the sentence. */
export const REFUSALS = {
  'not-found': [404, '그런 줄이나 인계서가 없습니다', 'there is no such line or sheet'],
  'not-yours': [403, '권한이 미치지 않는 조직입니다', 'an organisation beyond your reach'],
  'nothing-written': [400, '적은 내용이 없습니다', 'nothing is written'],
  'too-late-to-edit': [
    409,
    '쓴 뒤 1분이 지난 줄은 고치지 못합니다. 정정 줄을 쓰십시오',
    'a line is fixed after its minute; write a correction',
  ],
  'not-your-line': [403, '자기가 쓴 줄만 고칠 수 있습니다', 'only its author changes a line'],
  'machine-line': [409, '기계가 쓴 줄입니다. 정정 줄을 쓰십시오', 'the product wrote this line; write a correction'],
  'corrected-already': [409, '이미 정정된 줄입니다. 마지막 정정을 고치십시오', 'this line is corrected already; correct the latest one'],
  'id-taken': [409, '같은 식별자로 다른 줄이 있습니다', 'another line has this id'],
  'in-future': [400, '아직 오지 않은 시각은 적을 수 없습니다. 일정으로 적으십시오', 'this time has not come yet; write it as a plan'],
  'plan-when': [400, '일정의 시각을 적으십시오', 'say when the plan is'],
  'no-roster': [409, '근무표가 없어 인계서를 열 수 없습니다. 근무표를 먼저 세우십시오', 'there is no roster; write one first'],
  'nobody-follows': [409, '이어받을 근무가 없습니다', 'no watch follows this one'],
  signed: [409, '두 사람이 서명한 인계서는 고치지 못합니다', 'both have signed; the sheet is fixed'],
  given: [409, '인계자가 이미 서명했습니다', 'the outgoing watch has signed already'],
  'not-given': [409, '인계자가 먼저 서명해야 합니다', 'the outgoing watch signs first'],
  'same-person': [403, '인계와 인수는 서로 다른 사람이 서명합니다', 'hand-over and take-over are signed by two people'],
  'not-ticked': [409, '확인하지 않은 항목이 있습니다', 'some items are not ticked yet'],
  'no-item': [404, '인계서에 없는 항목입니다', 'the sheet has no such item'],
  'changed-since': [409, '보는 사이 항목이 바뀌었습니다. 다시 보고 확인하십시오', 'the item changed while you looked; look again'],
} as const satisfies Readonly<Record<string, readonly [status: number, ko: string, en: string]>>
export type RefusalCode = keyof typeof REFUSALS
export type Outcome<T> = Result<T, RefusalCode>
export const no = (code: RefusalCode): Result<never, RefusalCode> => refused(code)
