// Why a deed on a report is refused: code → status and sentences. A sentence says what was wrong and what to do.
import { HttpRefusal } from '#platform/http/index.ts'
import type { RefusalCode } from './report.ts'

type Code =
  | RefusalCode
  | 'no-report'
  | 'id-taken'
  | 'confirm-needed'
  | 'no-pages'
  | 'not-current'
  | 'no-pdf'
  | 'not-sealed-form'
  | 'bad-span'
  | 'not-closed'
  | 'too-early'

const REFUSALS: Readonly<Record<Code, readonly [status: number, ko: string, en: string]>> = {
  'approved-already': [
    409,
    '결재가 끝난 보고는 고칠 수 없습니다. 정정은 다음 날 보고에 싣습니다',
    'an approved report does not change; a correction goes into the next day’s report',
  ],
  'changed-meanwhile': [
    409,
    '그 사이 다른 사람이 같은 곳을 고쳤습니다. 두 글을 견주어 보고 다시 저장하십시오',
    'somebody else has changed the same words meanwhile; compare both and save again',
  ],
  'no-target': [404, '고치려는 줄이 이제 보고에 없습니다. 새로 고쳐 확인하십시오', 'the line is no longer on the report; look again'],
  'text-empty': [400, '내용이 비어 있습니다', 'the text is empty'],
  'text-long': [400, '한 줄은 1,000자까지입니다. 붙임으로 나누십시오', 'a line holds 1,000 characters; divide it'],
  'no-edit': [404, '되돌릴 고침이 없습니다', 'there is no such change to take back'],
  'no-comment': [404, '그런 메모가 없습니다', 'there is no such comment'],
  'not-your-box': [403, '지금 차례의 결재 칸은 맡은 직책이 아닙니다', 'the box that is next is not your post’s'],
  'signed-already': [409, '이미 서명했습니다. 한 사람은 한 칸만 서명합니다', 'you have signed already; one person signs one box'],
  blocked: [
    409,
    '표의 합계가 맞지 않거나 빈 줄이 있어 결재할 수 없습니다. 결재 전 검사를 보십시오',
    'a table’s sum does not agree or a line is empty; see the checks before approval',
  ],
  'not-final': [403, '이 칸에서는 전결할 수 없습니다', 'this box may not decide finally'],
  'nothing-to-return': [409, '서명된 것이 없어 돌려보낼 수 없습니다', 'nothing is signed that could be sent back'],
  'not-approved': [
    409,
    '결재가 끝난 보고만 정정합니다. 아직은 고치면 됩니다',
    'only an approved report is corrected; this one can still be changed',
  ],
  'no-report': [404, '그런 보고가 없습니다. 주소의 종류와 날짜를 확인하십시오', 'there is no such report; check kind and day'],
  'id-taken': [409, '같은 식별자로 다른 일이 있었습니다. 새로 고쳐 다시 하십시오', 'another deed has this id; reload and try again'],
  'confirm-needed': [403, '서명하려면 2차 인증을 다시 하십시오', 'prove again who you are before signing'],
  'not-current': [
    409,
    '본 뒤로 내용이 바뀌었습니다. 바뀐 곳을 확인하고 다시 서명하십시오',
    'it has changed since you looked; see what is new and sign again',
  ],
  'too-early': [
    409,
    '아직 초안 시각이 되지 않아 서명할 수 없습니다. 초안이 선 뒤에 서명하십시오',
    'its draft does not stand yet; sign once it does',
  ],
  'no-pdf': [
    503,
    'PDF를 만들지 못했습니다. 인쇄 단추로 화면의 보고를 인쇄하십시오',
    'the PDF could not be made; print the page from the browser',
  ],
  'no-pages': [
    503,
    '인쇄 모양을 만들지 못했습니다. 고치는 화면에서 그대로 인쇄할 수 있습니다',
    'the pages could not be set; the page on the screen prints as it is',
  ],
  'not-sealed-form': [
    410,
    '봉인된 파일이 보관소에 없거나 결재된 것과 다릅니다. 관리자에게 알리십시오',
    'the sealed file is missing or is not what was approved; tell the administrator',
  ],
  'bad-span': [400, '기간은 시작이 끝보다 앞서고 1년 이내여야 합니다', 'the span begins before it ends and is at most a year'],
  'not-closed': [400, '그 날짜의 소속 보고는 아직 열리지 않았거나 너무 오래되었습니다', 'lines of that day are not open'],
}

export function refusal(code: Code, now?: { readonly text: string; readonly by: string }): HttpRefusal {
  const [status, ko, en] = REFUSALS[code]
  return now
    ? new HttpRefusal(status, code, { ko: `${ko} (${now.by}: ‘${now.text}’)`, en: `${en} (${now.by}: ‘${now.text}’)` })
    : new HttpRefusal(status, code, { ko, en })
}
