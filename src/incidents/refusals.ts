// Why something is refused: code → HTTP status and a sentence that says what was wrong and what to do. One catalogue for the room.
import { type Result, refused } from '#base/index.ts'

export const REFUSALS = {
  'text-missing': [422, '내용을 적으십시오', 'write what happened'],
  'text-long': [422, '내용은 10,000자까지입니다. 나누어 답글로 적으십시오', 'a text has up to 10,000 letters; write the rest as answers'],
  'time-ahead': [422, '발생 시각이 앞날입니다. 시각을 확인하십시오', 'it cannot have happened in the future; look at the time'],
  'place-wrong': [422, '위치의 위도·경도가 맞지 않습니다', 'latitude or longitude of the place cannot be'],
  'goods-wrong': [422, '물품의 수량·금액은 0 이상의 수여야 합니다', 'quantity and value of goods are numbers from 0 up'],
  'no-organisation': [422, '그런 소속이 없거나 폐지되었습니다', 'there is no such organisation, or it is closed'],
  'not-yours': [403, '그 소속의 이름으로는 쓸 수 없습니다', 'you cannot write for that organisation'],
  'id-taken': [409, '같은 번호표(id)의 다른 기록이 있습니다. 새로 쓰십시오', 'another record has this id; write it anew'],
  'nothing-changed': [409, '바뀐 것이 없습니다', 'nothing would change'],
  'sheet-long': [
    422,
    '한 장에 담기에는 너무 많습니다(10,000건까지). 기간이나 조건을 좁히거나 CSV로 받으십시오',
    'too many for one sheet (10,000 at most); narrow the filter or take CSV',
  ],
  'nobody-called': [
    422,
    '그런 사람·직책·소속이 없거나 이 사건을 볼 수 없습니다. 이름을 다시 고르십시오',
    'nobody of that name may see this incident; choose the name again',
  ],
  'all-have-read': [409, '모두 읽었습니다. 다시 알릴 사람이 없습니다', 'everybody has read it; there is nobody to remind'],
  'reason-missing': [422, '사유를 적으십시오', 'give a reason'],
  'state-order': [
    409,
    '그 상태로는 되돌릴 수 없습니다. 접수 → 확인 → 처리 중 → 종결 순이며, 종결은 다시 처리 중으로만 엽니다',
    'states go reported → confirmed → in hand → closed; a closed one is reopened in hand',
  ],
  'outcome-missing': [422, '종결하려면 결과를 고르십시오', 'choose an outcome to close it'],
  'orders-open': [
    409,
    '끝나지 않은 지시가 있습니다. 완료하거나 거둔 뒤 종결하십시오',
    'orders are still open; have them done or recall them first',
  ],
  closed: [409, '종결된 사건입니다. 먼저 다시 여십시오', 'the incident is closed; reopen it first'],
  merged: [409, '다른 사건에 묶였습니다. 그 사건에 쓰십시오', 'it was merged into another incident; write there'],
  'merge-itself': [422, '자기 자신과는 묶을 수 없습니다', 'an incident cannot be merged with or related to itself'],
  'order-due': [422, '기한은 지금부터 31일 안이어야 합니다', 'an order is due within 31 days from now'],
  'order-state': [409, '지시가 이미 그 상태이거나 끝났습니다', 'the order is in that state already, or over'],
  'too-many': [422, '한 사건에 달 수 있는 수를 넘었습니다', 'an incident cannot hold more of these'],
  'attachment-missing': [422, '올리지 않은 첨부가 있습니다. 다 올린 뒤 보내십시오', 'an attachment is not uploaded; upload it first'],
  'attachment-kind': [
    422,
    '사진(JPEG·PNG·WebP), 영상(MP4·MOV·WebM), PDF만 붙일 수 있습니다',
    'only photos (JPEG, PNG, WebP), videos (MP4, MOV, WebM) and PDF can be attached',
  ],
  'attachment-heic': [422, 'HEIC 사진은 JPEG로 바꾸어 올리십시오', 'send HEIC photos as JPEG'],
  'attachment-broken': [422, '파일이 깨졌거나 덜 올라왔습니다. 다시 올리십시오', 'the file is broken or not whole; send it again'],
  'attachment-two-faced': [422, '다른 형식의 내용이 숨어 있는 파일은 받지 않습니다', 'a file that hides another kind of file is not taken'],
  'attachment-acts': [
    422,
    '스크립트나 실행 내용이 든 PDF는 받지 않습니다. 인쇄용 PDF로 다시 저장하십시오',
    'a PDF with scripts or other things that act is not taken; save it again as a plain PDF',
  ],
  'attachment-empty': [422, '빈 파일입니다', 'the file is empty'],
  'attachment-large': [413, '파일이 너무 큽니다. 줄이거나 나누어 올리십시오', 'the file is too large; make it smaller or send parts'],
  'attachment-offset': [
    409,
    '앞부분이 아직 다 오지 않았습니다. 받은 곳부터 이어 올리십시오',
    'what comes before is not all here; go on from what was received',
  ],
  'attachment-hash': [
    422,
    '받은 파일이 보낸 파일과 다릅니다(SHA-256). 다시 올리십시오',
    'what came is not what was sent (SHA-256); send it again',
  ],
  'no-attachment': [404, '그런 첨부가 없습니다', 'there is no such attachment'],
  'no-order': [404, '그런 지시가 없습니다', 'there is no such order'],
  'no-incident': [404, '그런 사건이 없습니다', 'there is no such incident'],
} as const satisfies Record<string, readonly [number, string, string]>

export type RefusalCode = keyof typeof REFUSALS
export type Outcome<T> = Result<T, RefusalCode>
export const no = (code: RefusalCode): Result<never, RefusalCode> => refused(code)
