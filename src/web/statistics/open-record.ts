// The way from a figure's record to the record itself, on the page of its room.
import type { App } from '../app.ts'
import type { RecordView } from './model.ts'

export function openRecord(app: App, { link }: RecordView): void {
  switch (link.kind) {
    case 'incident':
      return app.go({ page: 'incidents', item: link.id })
    case 'alarm':
      return app.go({ page: 'situation', item: undefined, selection: { kind: 'alarm', id: link.id } })
    case 'ship':
      return app.go({ page: 'ships', item: undefined, card: Number(link.id) })
    case 'feed':
      return app.go({ page: 'feeds', item: undefined })
    case 'report':
      return app.go({ page: 'reports', item: `daily-${link.id}` })
    default:
      app.toast(app.say('statistics.no-page', { what: link.label }))
  }
}
