// Settings of telling: by which address phones reach the product. The channels have their own (channels/fields.ts).
import type { SettingDescription } from '#platform/settings/index.ts'

const isAddress = (text: string): string | undefined =>
  text === '' || /^https:\/\/[^/\s]+$/.test(text) ? undefined : `‘${text}’ is no https address without a path`

export const TELLING_SETTINGS: readonly SettingDescription[] = [
  {
    path: 'telling.linkAddress',
    kind: 'text',
    default: '',
    faultOf: isAddress,
    sentence: {
      ko: '현장 휴대전화가 여는 주소(예: https://mangru.busan.go.kr); 비우면 문자에 링크 없음',
      en: 'address by which phones reach the product, for example https://mangru.busan.go.kr; empty: texts have no link',
    },
  },
]
