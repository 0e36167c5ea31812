// An example by which a channel shows how a text would look: every variable has a value of usual length.
import type { ChannelMessage } from '../channels/channel.ts'
import type { Composer } from './composer.ts'
import { kstTime, type Variables } from './text.ts'

const WORDS: Readonly<Record<'ko' | 'en', Variables>> = {
  ko: {
    수준: '긴급',
    무엇: '무단 개봉',
    상태: '상황 종료',
    어디: '남해고속도로 진영휴게소',
    출발지: '부산신항',
    도착지: '의왕 ICD',
    담당자: '담당관',
    건수: '12건',
  },
  en: {
    수준: 'CRITICAL',
    무엇: 'Opened without leave',
    상태: 'over',
    어디: 'Jinyeong rest area',
    출발지: 'Busan New Port',
    도착지: 'Uiwang ICD',
    담당자: 'officer',
    건수: '12 more alarms',
  },
}

/** Undefined: there is no such text. */
export function sampleMessage(
  composer: Pick<Composer, 'plainText' | 'hasText'>,
  template: string,
  language: 'ko' | 'en',
  nowMs: number,
): ChannelMessage | undefined {
  if (!composer.hasText(template)) return undefined
  const link = `https://room.example/a/${'•'.repeat(22)}`
  const words: Variables = {
    ...WORDS[language],
    대상: 'MSKU0000003',
    차량: '12가0000',
    시각: kstTime(nowMs),
    연락처: '010-0000-0000',
    번호: template === 'confirm' ? '000000' : '47',
    문의: '051-000-0000',
    링크: link,
  }
  return {
    id: 'preview',
    attempt: 1,
    to: '',
    subject: `${words.무엇} ${words.대상}`,
    text: composer.plainText(template, language, words),
    code: '47',
    link,
    alarm: {
      id: 'A-0',
      revision: template === 'closing' ? 2 : 1,
      change: template === 'closing' ? 'ended' : 'raised',
      level: 1,
      detector: 'seal-opened',
      atMs: nowMs,
      place: { lat: 35.31, lon: 128.73, label: WORDS.ko.어디 ?? '' },
      subjects: [{ kind: 'container', id: 'MSKU0000003', label: 'MSKU 000000 3' }],
      why: { ko: '운송 중 봉인이 열림', en: 'the seal was opened on the way' },
      ...(template === 'closing' ? { earlier: [{ revision: 1, atMs: nowMs - 600_000 }] } : {}),
    },
  }
}
