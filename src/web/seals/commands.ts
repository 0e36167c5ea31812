// What can be done on the page of seals, as commands: buttons, keys, the palette.
import type { App } from '../app.ts'
import type { TextKey } from '../i18n/text.ts'
import type { Command, Undo } from '../shell/commands.ts'
import { alarmOf } from './alarm-of.ts'

export function sealCommands(app: App): readonly Command[] {
  const chosen = (): true | TextKey => (app.seals.open.get()?.card ? true : 'seals.none-chosen')
  const card = () => app.seals.open.get()?.card
  const deed = async (what: string, more: object = {}): Promise<undefined> => {
    const id = card()?.id
    if (id === undefined) return undefined
    try {
      await app.seals.deed(id, what, more)
    } catch (reason) {
      app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' })
    }
    return undefined
  }
  const suspend = async (): Promise<Undo | undefined> => {
    const now = card()
    if (!now) return undefined
    await deed(now.isSuspended ? 'resume' : 'suspend')
    return { said: now.isSuspended ? 'seals.resumed' : 'seals.suspended', undo: () => deed(now.isSuspended ? 'suspend' : 'resume') }
  }
  return [
    { id: 'seals.down', name: 'command.down', keys: 'J | Down', context: 'page', unlisted: true, run: () => move(app, 1) },
    { id: 'seals.up', name: 'command.up', keys: 'K | Up', context: 'page', unlisted: true, run: () => move(app, -1) },
    {
      id: 'seals.open',
      name: 'command.open',
      keys: 'Enter',
      context: 'page',
      unlisted: true,
      applies: chosen,
      run: () => document.querySelector<HTMLElement>('[data-region="journey"]')?.focus(),
    },
    {
      id: 'seals.find',
      name: 'seals.find',
      keys: 'Slash',
      context: 'page',
      run: () => document.querySelector<HTMLInputElement>('.seal-list__find')?.focus(),
    },
    {
      id: 'seals.plan',
      name: 'seals.view.plan',
      keywords: 'new journey plan 새 운송 계획',
      keys: 'P',
      context: 'page',
      deed: 'journeys.plan',
      run: () => app.go({ sieve: 'plan', item: undefined }),
    },
    {
      id: 'seals.copy',
      name: 'seals.copy',
      keywords: 'copy plan again 복사 같은 계획',
      keys: 'C',
      context: 'page',
      deed: 'journeys.plan',
      applies: chosen,
      run: () => app.go({ sieve: 'plan' }),
    },
    {
      id: 'seals.incident',
      name: 'seals.incident',
      keywords: 'incident report 사건 등록',
      keys: 'I',
      context: 'page',
      deed: 'incidents.write',
      applies: chosen,
      run: () => incident(app),
    },
    {
      id: 'seals.acknowledge',
      name: 'command.acknowledge',
      keywords: 'ack alarm 경보 확인',
      keys: 'Space',
      context: 'page',
      deed: 'alarms.act',
      live: true,
      applies: () => {
        const alarm = alarmOf(app.alarms.state.get().alarms.values(), card()?.id ?? '')
        return !alarm ? 'command.no-alarm' : alarm.isAcknowledged ? 'command.acknowledged' : true
      },
      run: async () => {
        const alarm = alarmOf(app.alarms.state.get().alarms.values(), card()?.id ?? '')
        const after = alarm && (await app.alarms.acknowledge(alarm.id))
        const me = app.me.get()?.id
        if (after?.acknowledgedBy !== undefined && me !== undefined && after.acknowledgedById !== me)
          app.toast(app.say('alarm.first-by', { name: after.acknowledgedBy }))
        return undefined
      },
    },
    {
      id: 'seals.call',
      name: 'seals.call',
      keywords: 'phone call officer 전화 담당자',
      keys: 'V',
      context: 'page',
      applies: () => (card()?.phone === undefined ? 'seals.nobody-to-call' : true),
      run() {
        location.href = `tel:${card()?.phone}`
      },
    },
    {
      id: 'seals.authorise',
      name: 'seals.authorise',
      keywords: 'unseal open authorise 개봉 승인',
      keys: 'A',
      context: 'page',
      deed: 'journeys.handle',
      applies: chosen,
      live: true,
      run: () => deed('authorise-unseal'),
    },
    {
      id: 'seals.suspend',
      name: 'seals.suspend',
      keywords: 'suspend resume 일시 중지',
      keys: 'S',
      context: 'page',
      deed: 'journeys.handle',
      applies: chosen,
      live: true,
      run: suspend,
    },
    {
      id: 'seals.close',
      name: 'seals.close',
      keywords: 'close end 종결',
      keys: 'R',
      context: 'page',
      deed: 'journeys.handle',
      applies: () =>
        card()?.state === 'unsealed' || card()?.state === 'arrived' || card()?.state === 'planned' ? true : 'seals.not-arrived',
      live: true,
      run: () => deed(card()?.state === 'planned' ? 'cancel' : 'close'),
    },
  ]
}

function move(app: App, by: number): undefined {
  const rows = app.seals.shown()
  const at = rows.findIndex(one => one.id === app.address.get().item)
  const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))]
  if (next) app.go({ item: next.id })
  return undefined
}

/** A report that begins with the container, the vehicle and the place. */
async function incident(app: App): Promise<undefined> {
  const card = app.seals.open.get()?.card
  if (!card) return undefined
  app.go({ page: 'incidents', item: undefined, sieve: undefined })
  await app.incidents.form.begin({
    links: [
      { kind: 'container', id: card.container, label: card.container },
      ...(card.vehicle === undefined ? [] : [{ kind: 'vehicle' as const, id: card.vehicle, label: card.vehicle }]),
    ],
    ...(card.lat === undefined || card.lon === undefined ? {} : { place: { label: card.container, lat: card.lat, lon: card.lon } }),
  })
  return undefined
}
