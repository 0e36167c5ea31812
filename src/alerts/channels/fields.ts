// Every field of the ways to tell people: which kinds take it, which need it, and what it means.
import type { SettingDescription } from '#platform/settings/index.ts'
import { CHANNEL_KINDS, type ChannelKind } from './channel.ts'
import { NUMBER_FORMS } from './numbers.ts'
import { SMS_ENCODINGS } from './sms-text.ts'

export interface ChannelField extends Omit<SettingDescription, 'path' | 'default'> {
  readonly of: readonly ChannelKind[]
  /** Kinds that do not work without it. */
  readonly needed?: readonly ChannelKind[]
  /** May be `file:PATH`, and need not stand in the file at all: MANGRU_CHANNELS_NAME_FIELD. */
  readonly isSecret?: true
}

const GATEWAYS = ['sms-http', 'call-http'] as const
const URLS = [...GATEWAYS, 'webhook', 'cap', 'siren'] as const
const PHONES = ['sms-smpp', ...GATEWAYS, 'call-sip'] as const
const text = (of: ChannelField['of'], ko: string, en: string, more: Partial<ChannelField> = {}): ChannelField => ({
  kind: 'text',
  of,
  sentence: { ko, en },
  ...more,
})
const secret = (of: ChannelField['of'], ko: string, en: string, needed: ChannelField['of'] = []): ChannelField =>
  text(of, ko, en, { isSecret: true, needed })
const number = (
  of: ChannelField['of'],
  min: number,
  max: number,
  ko: string,
  en: string,
  more: Partial<ChannelField> = {},
): ChannelField => ({
  kind: 'number',
  of,
  min,
  max,
  sentence: { ko, en },
  ...more,
})
const whole = { isWhole: true }
const list = (of: ChannelField['of'], ko: string, en: string, more: Partial<ChannelField> = {}): ChannelField => ({
  kind: 'list',
  of,
  sentence: { ko, en },
  ...more,
})
const yesOrNo = (of: ChannelField['of'], ko: string, en: string): ChannelField => ({ kind: 'boolean', of, sentence: { ko, en } })
const headerFault = (line: string): string | undefined =>
  /^[A-Za-z0-9-]+:\s*\S/.test(line) && !/\p{Cc}/u.test(line) ? undefined : `"${line}" is no header: write "Name: value"`

export const CHANNEL_FIELDS: Readonly<Record<string, ChannelField>> = {
  kind: text(CHANNEL_KINDS, '종류', 'which kind of channel', { words: CHANNEL_KINDS, needed: CHANNEL_KINDS }),
  host: text(['sms-smpp', 'call-sip', 'siren'], '상대 서버의 주소', 'the other side', { needed: ['sms-smpp', 'call-sip'] }),
  port: number(['sms-smpp', 'call-sip', 'siren'], 1, 65_535, '그 포트', 'its port', whole),
  tls: yesOrNo(['sms-smpp'], 'TLS로 연결', 'over TLS'),
  caFile: text(
    ['sms-smpp', ...URLS],
    '서버 인증서를 낸 기관의 인증서 파일(PEM)',
    'certificate of the authority that signed the server’s (PEM)',
  ),
  systemId: text(['sms-smpp'], 'SMPP 계정', 'account at the operator', { needed: ['sms-smpp'] }),
  systemType: text(['sms-smpp'], 'SMPP system_type', 'system_type of the bind'),
  serviceType: text(['sms-smpp'], 'SMPP service_type', 'service_type of each text'),
  sender: text([...PHONES, 'cap'], '발신번호(사전 등록), CAP 발신자', 'registered number, or sender of CAP', {
    needed: ['sms-smpp', 'cap'],
  }),
  senderTon: number(['sms-smpp'], 0, 6, '발신번호 TON', 'type of the sender number', whole),
  senderNpi: number(['sms-smpp'], 0, 18, '발신번호 NPI', 'plan of the sender number', whole),
  numberForm: text(PHONES, '번호 형식: 010… 또는 8210…', 'how numbers are dialled: 010… or 8210…', { words: NUMBER_FORMS }),
  encoding: text(['sms-smpp', 'sms-http'], '문자 인코딩', 'letters of a text', { words: SMS_ENCODINGS }),
  dataCoding: number(['sms-smpp'], 0, 255, 'EUC-KR 문자의 data_coding', 'data_coding of EUC-KR', whole),
  partBytes: number(['sms-smpp'], 40, 140, 'EUC-KR 한 통의 크기', 'what one message of EUC-KR holds', { ...whole, unit: 'bytes' }),
  perSecond: number(['sms-smpp'], 1, 5000, '초당 최대 건수', 'messages a second at most', whole),
  window: number(['sms-smpp'], 1, 1000, '응답 전 최대 건수', 'messages without an answer at most', whole),
  maxParts: number(['sms-smpp', 'sms-http'], 1, 255, '한 문자를 나눌 최대 수', 'parts of one text at most', whole),
  validityMinutes: number(
    ['sms-smpp'],
    0,
    10_080,
    '이 시간이 지나면 보내지 않음(0 = 통신사 기본)',
    'not delivered by then: not at all (0 = as the operator does)',
    { ...whole, unit: 'min' },
  ),
  digestMinutes: number(
    ['email'],
    0,
    1440,
    '긴급이 아닌 것은 이만큼 모아 한 통으로; 0이면 바로',
    'what is less than critical is gathered for so long into one; 0: each at once',
    { unit: 'min' },
  ),
  answerSeconds: number(['sms-smpp', ...URLS], 1, 120, '응답을 기다리는 시간', 'an answer is waited for so long', { unit: 's' }),
  wonPerPart: number(['sms-smpp', 'sms-http'], 0, 10_000, '건당 요금', 'price of one message', { unit: 'won' }),
  wonPerCall: number(['call-http', 'call-sip'], 0, 100_000, '통화당 요금', 'price of one call', { unit: 'won' }),
  shortBytes: number(['sms-http'], 40, 2000, '이보다 길면 장문(LMS)', 'beyond it the long form (LMS) is asked for', {
    ...whole,
    unit: 'bytes',
  }),
  profile: text(GATEWAYS, '게이트웨이 형식', 'form of the gateway', {
    words: ['kannel', 'nhn', 'sens', 'own', 'plain'],
    needed: ['sms-http'],
  }),
  url: text(URLS, '보낼 주소', 'where it is asked', { needed: [...GATEWAYS] }),
  callbackUrl: text(GATEWAYS, '게이트웨이가 결과를 알릴 주소', 'where the gateway tells what became of it'),
  allowPrivate: yesOrNo([...GATEWAYS, 'webhook', 'cap'], '이 망 안의 주소도 허용', 'addresses of this network are allowed'),
  user: text(['sms-http', 'call-http', 'call-sip'], '사용자', 'user', { needed: ['call-sip'] }),
  password: secret(['sms-smpp', ...GATEWAYS, 'call-sip'], '비밀번호', 'password', ['sms-smpp']),
  appKey: secret(GATEWAYS, '앱 키', 'app key'),
  accessKey: secret(GATEWAYS, '접근 키', 'access key'),
  secretKey: secret([...GATEWAYS, 'webhook'], '비밀 키(서명)', 'secret key, also of signatures', ['webhook']),
  authorization: secret(GATEWAYS, 'Authorization 헤더', 'the Authorization header'),
  serviceId: text(GATEWAYS, '서비스 ID', 'id of the service'),
  senderKey: text(GATEWAYS, '발신 프로필', 'sender profile'),
  method: text([...GATEWAYS, 'siren'], 'HTTP 방법', 'method', { words: ['GET', 'POST', 'PUT'] }),
  headers: list([...GATEWAYS, 'cap', 'siren'], '헤더 줄', 'lines of headers, "Name: value"', { faultOf: headerFault }),
  body: text(GATEWAYS, '본문: JSON, 또는 name={text} 줄', 'body: JSON, or lines name={text} for a form'),
  idPath: text(GATEWAYS, '응답에서 번호의 자리', 'where the answer holds the number'),
  takenPath: text(GATEWAYS, '응답에서 성공의 자리', 'where the answer says that it was taken'),
  takenIs: text(GATEWAYS, '성공을 뜻하는 값', 'and the value that says so'),
  takesKey: yesOrNo(GATEWAYS, '같은 id는 한 번만 보냄', 'the gateway does the same id once'),
  callbackId: text(GATEWAYS, '결과에서 우리 번호의 자리', 'where a call-back holds our id'),
  callbackProviderId: text(GATEWAYS, '결과에서 통신사 번호의 자리', 'where it holds the gateway’s'),
  callbackState: text(GATEWAYS, '결과에서 상태의 자리', 'where it holds the state'),
  callbackDelivered: list(GATEWAYS, '전달을 뜻하는 값', 'values that mean delivered'),
  callbackFailed: list(GATEWAYS, '실패를 뜻하는 값', 'values that mean failed'),
  callbackFrom: text(GATEWAYS, '답한 번호의 자리', 'where the number of an answer stands'),
  callbackText: text(GATEWAYS, '답의 자리', 'where an answer or pressed keys stand'),
  source: text(['webhook'], '이 상황실의 URI', 'a URI that names this room', { needed: ['webhook'] }),
  folder: text(['cap', 'call-sip'], '폴더', 'folder of messages, or of recorded sentences'),
  status: text(['cap'], 'CAP status', 'status of messages', { words: ['Actual', 'Exercise', 'Test'] }),
  restriction: text(['cap'], '배포 제한', 'who may read it', { needed: ['cap'] }),
  senderName: text(['cap'], '발신 기관', 'name of the sender'),
  radiusKm: number(['cap'], 0, 1000, '반경', 'how far around the place', { unit: 'km' }),
  expiresHours: number(['cap'], 1, 720, '유효 시간', 'valid so long', { unit: 'h' }),
  unit: number(['siren'], 0, 255, 'Modbus 장치 번호', 'unit of Modbus', whole),
  coil: number(['siren'], 0, 65_535, '코일 번호(0부터)', 'coil, from 0', whole),
  offUrl: text(['siren'], '끄는 주소', 'where it is switched off'),
  pulseSeconds: number(['siren'], 0, 3600, '울리는 시간(0 = 스스로 꺼짐)', 'on for so long (0 = goes off by itself)', { unit: 's' }),
  domain: text(['call-sip'], 'SIP 도메인', 'domain of the account'),
  registers: yesOrNo(['call-sip'], '등록(REGISTER)', 'registers before calling'),
  ringSeconds: number(['call-sip'], 5, 180, '받지 않으면 끊는 시간', 'rings so long', { unit: 's' }),
  localHost: text(['call-sip'], '이 기계의 주소', 'address of this machine as the other side sees it'),
  localPort: number(['call-sip'], 0, 65_535, '이 기계의 SIP 포트', 'port of this machine', whole),
}
