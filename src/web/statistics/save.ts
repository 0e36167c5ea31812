// A file for whoever sits here.
import type { App } from '../app.ts'

export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** 통계 종합 2026-11-01.csv; demo data say so in the name too. */
export const fileName = (app: App, title: string, day: string, ending: string): string =>
  `${title}${app.status.get()?.isDemo ? ` (${app.say('header.demo')})` : ''} ${day}.${ending}`.replace(/[\\/:*?"<>|]/g, ' ')
