// Where a source leads: one click from a line of the paper to its record.
import type { App } from '../app.ts'
import type { SourceView } from './model.ts'

export function followSource(app: App, { kind, id }: Pick<SourceView, 'kind' | 'id'>): void {
  switch (kind) {
    case 'alarm':
      app.go({ page: 'situation', item: undefined, selection: { kind: 'alarm', id } })
      return
    case 'incident':
      app.go({ page: 'incidents', item: id })
      return
    case 'ship':
      app.go({ page: 'ships', item: undefined, card: Number(id) })
      return
    case 'feed':
      app.go({ page: 'feeds', item: undefined })
      return
    case 'hand-over':
    case 'organisation':
      app.go({ page: 'shifts', item: kind === 'organisation' ? id : (/^hand-over:([^:]+):/.exec(id)?.[1] ?? undefined) })
      return
    case 'log':
      app.go({ page: 'shifts', item: undefined })
      return
    case 'line':
      app.reports.setLook({ mode: 'calendar' })
  }
}
