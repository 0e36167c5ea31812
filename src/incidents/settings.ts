// Settings of the room.
import type { SettingDescription } from '#platform/settings/index.ts'

const megabytes = (path: string, value: number, ko: string, en: string): SettingDescription => ({
  path: `incidents.${path}`,
  kind: 'number',
  default: value,
  min: 1,
  max: 100_000,
  unit: 'MB',
  sentence: { ko, en },
})

export const INCIDENTS_SETTINGS: readonly SettingDescription[] = [
  {
    path: 'incidents.keepPeopleDays',
    kind: 'number',
    default: 1095,
    min: 1,
    max: 36_500,
    unit: 'days',
    isWhole: true,
    sentence: {
      ko: '사건 종결 뒤 관련자 인적 사항을 보존하는 기간; 지나면 지우고 기록만 남김',
      en: 'names and papers of people are kept this long after an incident is closed; then they are erased and the record stays',
    },
  },
  megabytes('maxPhotoMb', 40, '사진 한 장의 최대 크기', 'largest photo'),
  megabytes('maxVideoMb', 1000, '영상 한 개의 최대 크기', 'largest video'),
  megabytes('maxPdfMb', 60, 'PDF 한 건의 최대 크기', 'largest PDF'),
]
