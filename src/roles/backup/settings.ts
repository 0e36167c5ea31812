import type { SettingDescription } from '#platform/settings/index.ts'
import type { KeepRule } from './destination.ts'

export interface BackupSettings {
  /** Empty: the product makes no backups by itself. */
  readonly to: string
  readonly everyMs: number
  readonly keep: KeepRule
  /** Empty: keys are copied as they are. */
  readonly passphraseFile: string
  /** The settings file in use; its text is kept too. */
  readonly config?: string
}

export const BACKUP_SETTINGS: readonly SettingDescription[] = [
  {
    path: 'backup.to',
    kind: 'text',
    default: '',
    sentence: {
      ko: '정기 백업을 둘 폴더(다른 디스크); 비우면 정기 백업 없음',
      en: 'folder on another disk for backups made by schedule; empty: none are made',
    },
  },
  {
    path: 'backup.everyMinutes',
    kind: 'number',
    default: 60,
    min: 1,
    max: 10_080,
    unit: 'min',
    sentence: { ko: '정기 백업 간격', en: 'a backup is made this often' },
  },
  {
    path: 'backup.keepNewest',
    kind: 'number',
    default: 24,
    min: 1,
    max: 9999,
    isWhole: true,
    sentence: { ko: '남겨 둘 최근 백업 수', en: 'the newest so many are kept' },
  },
  {
    path: 'backup.keepDays',
    kind: 'number',
    default: 30,
    min: 0,
    max: 9999,
    unit: 'days',
    isWhole: true,
    sentence: { ko: '이 기간은 날마다 마지막 백업 하나씩 더 남김', en: 'and the last of each of so many days' },
  },
  {
    path: 'backup.passphraseFile',
    kind: 'text',
    default: '',
    sentence: {
      ko: '열쇠를 암호화할 암호문이 첫 줄에 있는 파일; 비우면 열쇠를 그대로 복사',
      en: 'file whose first line encrypts the keys in the backups; empty: they are copied as they are',
    },
  },
]

export function readBackupSettings(
  text: (path: string) => string,
  number: (path: string) => number,
  config: string | undefined,
): BackupSettings {
  return {
    to: text('backup.to'),
    everyMs: number('backup.everyMinutes') * 60_000,
    keep: { newest: number('backup.keepNewest'), days: number('backup.keepDays') },
    passphraseFile: text('backup.passphraseFile'),
    ...(config === undefined ? {} : { config }),
  }
}
