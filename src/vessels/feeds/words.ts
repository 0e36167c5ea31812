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
  CERT_HAS_EXPIRED: { ko: '인증서 기한이 지남', en: 'certificate has expired' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { ko: '인증서를 아무도 보증하지 않음', en: 'nobody vouches for its certificate' },
  SELF_SIGNED_CERT_IN_CHAIN: { ko: '인증서를 낸 기관을 모름', en: 'who signed its certificate is not known' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { ko: '인증서를 낸 기관을 모름', en: 'who signed its certificate is not known' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { ko: '인증서를 낸 기관을 모름', en: 'who signed its certificate is not known' },
  ERR_TLS_CERT_ALTNAME_INVALID: { ko: '인증서가 다른 이름의 것', en: 'its certificate is of another name' },
  ERR_SSL_WRONG_VERSION_NUMBER: { ko: 'TLS가 아님', en: 'does not speak TLS' },
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
