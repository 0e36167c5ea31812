// What an officer is told of a feed, in both languages. The system's own words for a refusal are English and terse; its codes are known and few.
export interface Words {
  readonly ko: string
  readonly en: string
}

const CODES: Readonly<Record<string, Words>> = {
  ECONNREFUSED: { ko: '연결을 거부함', en: 'connection refused' },
  ECONNRESET: { ko: '연결이 끊김', en: 'connection reset' },
  EPIPE: { ko: '연결이 끊김', en: 'connection reset' },
  ETIMEDOUT: { ko: '응답이 없음', en: 'no answer' },
  EHOSTUNREACH: { ko: '닿을 수 없는 주소', en: 'host cannot be reached' },
  ENETUNREACH: { ko: '닿을 수 없는 망', en: 'network cannot be reached' },
  ENOTFOUND: { ko: '없는 호스트 이름', en: 'no such host' },
  EAI_AGAIN: { ko: '호스트 이름을 찾지 못함', en: 'host name cannot be looked up' },
  EADDRINUSE: { ko: '이미 쓰고 있는 포트', en: 'port in use' },
  EADDRNOTAVAIL: { ko: '이 서버의 주소가 아님', en: 'no address of this machine' },
  EACCES: { ko: '권한 없음', en: 'no permission' },
  EPERM: { ko: '권한 없음', en: 'no permission' },
  ENOENT: { ko: '파일이 없음', en: 'no such file' },
  EISDIR: { ko: '파일이 아니라 폴더', en: 'a folder, not a file' },
  EIO: { ko: '읽기 오류', en: 'read error' },
  Z_DATA_ERROR: { ko: '압축이 손상됨', en: 'damaged compression' },
  Z_BUF_ERROR: { ko: '압축 파일이 중간에 끊김', en: 'compressed file ends in the middle' },
}

/** A refusal of the system as an officer reads it; its code stands behind it for whoever has to look further. */
export function systemWords(error: unknown): Words {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = CODES[code]
  if (known) return { ko: `${known.ko} (${code})`, en: `${known.en} (${code})` }
  const words = error instanceof Error ? error.message : String(error)
  return { ko: words, en: words }
}
