// Names of organisations in the language chosen, long or short; an id that is not known stays as it is.
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'

interface Named {
  readonly id: string
  readonly ko: string
  readonly en: string
  readonly shortKo: string
  readonly shortEn: string
}

export function useOffices(offices: readonly Named[]): (id: string, isShort?: boolean) => string {
  const { language } = useStore(useApp().desk)
  return (id, isShort = false) => {
    const one = offices.find(office => office.id === id)
    if (!one) return id
    if (language === 'ko') return isShort ? one.shortKo : one.ko
    return isShort ? one.shortEn : one.en
  }
}
