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
    case 'incident':
    case 'incident-read':
    case 'incident-call':
    case 'order':
      app.incidents.take(message)
      return
    case 'log':
    case 'hand-over':
    case 'duty':
      app.shifts.take(message)
      return
    case 'journey':
    case 'seal-found':
      app.seals.take(message)
      return
    case 'report':
    case 'report-lines':
      app.reports.take(message)
      return
    case 'second': {
      void app.second.load()
      const asked = wire.field(message, 'request')
      const isMine = wire.text(wire.field(asked, 'who'), 'id') === app.me.get()?.id
      if (wire.text(asked, 'state') !== 'asked' || isMine) return
      const what = wire.text(wire.field(asked, 'what'), app.desk.get().language) ?? ''
      app.toast(app.say('admin.second-waits', { what, name: wire.text(wire.field(asked, 'who'), 'name') ?? '' }))
      return
    }
    case 'rights':
      void refreshRights(app)
      return
    case 'areas':
      void app.api.areas().then(
        areas => app.areas.set(areas),
        () => undefined,
      )
      return
  }
}

/** Posts have changed: who I am, and everything I may see, is asked for anew. */
async function refreshRights(app: App): Promise<void> {
  try {
    app.me.set(await app.api.me())
    if (app.may('alarms.look')) await app.alarms.load()
    if (app.may('areas.look')) app.areas.set(await app.api.areas())
  } catch {
    // what may no longer be seen is refused; the next round of the status asks again
  }
}
