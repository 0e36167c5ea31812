// The JSON messages of the live line: alarms, areas, status, names. Numbered; the worker asks for what was missed.
import type { App } from '../app.ts'
import * as wire from './wire.ts'

export function takeLiveMessage(app: App, message: unknown): void {
  switch (wire.text(message, 'kind')) {
    case 'names':
      app.link.learnNames(
        wire.list(message, 'names').flatMap(pair => {
          const [mmsi, name] = wire.list(pair)
          return typeof mmsi === 'number' && typeof name === 'string' ? [[mmsi, name] as const] : []
        }),
      )
      return
    case 'alarm':
      app.alarms.take(wire.alarm(wire.field(message, 'alarm'), app.link.nameOf))
      return
    case 'status':
      app.status.set(wire.status(wire.field(message, 'status')))
      return
    case 'areas':
      void app.api.areas().then(
        areas => app.areas.set(areas),
        () => undefined,
      )
      return
  }
}
