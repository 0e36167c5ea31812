// What an alarm is called, by the detector that leads it: for the duty log and other papers. A test compares them with the words of the screen.

export const DETECTOR_WORDS: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  'area-entered': { ko: '구역 진입', en: 'Entered area' },
  'area-left': { ko: '구역 이탈', en: 'Left area' },
  'backup-failed': { ko: '백업 실패', en: 'Backup failed' },
  'disk-full': { ko: '디스크 쓰기 실패', en: 'Disk refuses' },
  'distress-beacon': { ko: '조난 신호', en: 'Distress beacon' },
  'feed-silent': { ko: '수신망 무응답', en: 'Feed silent' },
  loitering: { ko: '배회', en: 'Loitering' },
  'incident-raised': { ko: '보고로 올린 경보', en: 'Raised by a report' },
  'order-overdue': { ko: '지시 기한 지남', en: 'Order overdue' },
  'number-shared': { ko: '식별번호 중복', en: 'Number shared' },
  'passkey-copied': { ko: '패스키 복제 의심', en: 'Passkey copied' },
  'position-jump': { ko: '위치 급변', en: 'Position jump' },
  rendezvous: { ko: '해상 접선', en: 'Rendezvous at sea' },
  'sealed-account-used': { ko: '봉인 계정 사용', en: 'Sealed account used' },
  'signal-lost': { ko: '신호 소실', en: 'Signal lost' },
  'small-craft-meeting': { ko: '소형선 접근', en: 'Small-craft meeting' },
  'speed-exceeded': { ko: '속력 초과', en: 'Speed exceeded' },
  'station-silent': { ko: '기지국 무응답', en: 'Station silent' },
}
