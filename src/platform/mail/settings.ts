// Settings of mail. The password stands in a file of its own: secrets only by reference.
import type { SettingDescription } from '../settings/index.ts'

export const MAIL_SETTINGS: readonly SettingDescription[] = [
  {
    path: 'mail.host',
    kind: 'text',
    default: '',
    sentence: { ko: '전자우편 서버; 비우면 보내지 않고 기다림', en: 'mail server; empty: nothing is sent, messages wait' },
  },
  {
    path: 'mail.port',
    kind: 'number',
    default: 587,
    min: 1,
    max: 65_535,
    isWhole: true,
    sentence: { ko: '전자우편 서버 포트', en: 'its port' },
  },
  {
    path: 'mail.security',
    kind: 'text',
    default: 'starttls',
    words: ['starttls', 'tls', 'none'],
    sentence: { ko: '통신 보호', en: 'how the line is protected' },
  },
  { path: 'mail.user', kind: 'text', default: '', sentence: { ko: '전자우편 서버 사용자', en: 'user at the mail server' } },
  { path: 'mail.passwordFile', kind: 'text', default: '', sentence: { ko: '비밀번호가 든 파일', en: 'file that holds the password' } },
  {
    path: 'mail.caFile',
    kind: 'text',
    default: '',
    sentence: { ko: '서버 인증서를 낸 기관의 인증서 파일(PEM)', en: 'certificate of the authority that signed the server’s (PEM)' },
  },
  { path: 'mail.from', kind: 'text', default: '', sentence: { ko: '보내는 주소', en: 'address that messages come from' } },
]
