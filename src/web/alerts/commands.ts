// What can be done with the chosen alarm, as commands.
import type { App } from '../app.ts'
import type { Command } from '../shell/commands.ts'

export function alarmCommands(app: App): readonly Command[] {
  const selectedAlarm = () => {
    const { selection } = app.address.get()
    return selection?.kind === 'alarm' ? app.alarms.state.get().alarms.get(selection.id) : undefined
  }
  const needsAlarm = (): true | 'command.no-alarm' => (selectedAlarm() ? true : 'command.no-alarm')
  const needsOpenAlarm = (): true | 'command.no-alarm' | 'command.closed' => {
    const alarm = selectedAlarm()
    return !alarm ? 'command.no-alarm' : alarm.state === 'closed' ? 'command.closed' : true
  }
  const form = (kind: 'assign' | 'shelve' | 'resolve' | 'false' | 'note') => () => {
    const alarm = selectedAlarm()
    if (alarm) app.overlay.set({ kind: 'alarm-form', form: kind, alarmId: alarm.id })
  }
  return [
    {
      id: 'alarm.down',
      deed: 'alarms.look',
      name: 'command.down',
      keys: 'J',
      context: 'alarm',
      unlisted: true,
      run: () => app.alarms.step(1),
    },
    {
      id: 'alarm.up',
      deed: 'alarms.look',
      name: 'command.up',
      keys: 'K',
      context: 'alarm',
      unlisted: true,
      run: () => app.alarms.step(-1),
    },
    {
      id: 'alarm.open',
      deed: 'alarms.look',
      name: 'command.open',
      keys: 'Enter',
      context: 'alarm',
      unlisted: true,
      applies: needsAlarm,
      run: () => {
        const alarm = selectedAlarm()
        if (alarm) document.querySelector<HTMLElement>('[data-region="dossier"]')?.focus()
      },
    },
    {
      id: 'alarm.acknowledge',
      deed: 'alarms.act',
      name: 'command.acknowledge',
      keywords: 'ack 확인',
      keys: 'Space',
      context: 'alarm',
      live: true,
      applies: () => {
        const alarm = selectedAlarm()
        return !alarm ? 'command.no-alarm' : alarm.isAcknowledged ? 'command.acknowledged' : true
      },
      run: async () => {
        const alarm = selectedAlarm()
        const after = alarm && (await app.alarms.acknowledge(alarm.id))
        const me = app.me.get()?.id
        if (after?.acknowledgedBy !== undefined && me !== undefined && after.acknowledgedById !== me)
          app.toast(app.say('alarm.first-by', { name: after.acknowledgedBy }))
        return undefined
      },
    },
    {
      id: 'alarm.assign',
      deed: 'alarms.act',
      name: 'command.assign',
      keywords: 'assign 배정 담당',
      keys: 'A',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('assign'),
    },
    {
      id: 'alarm.shelve',
      deed: 'alarms.act',
      name: 'command.shelve',
      keywords: 'shelve snooze 보류',
      keys: 'S',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('shelve'),
    },
    {
      id: 'alarm.unshelve',
      deed: 'alarms.act',
      name: 'command.unshelve',
      keywords: 'unshelve 보류 풀기',
      context: 'alarm',
      live: true,
      applies: () => selectedAlarm()?.state === 'shelved',
      run: async () => {
        const alarm = selectedAlarm()
        if (alarm) await app.alarms.unshelve(alarm.id)
        return undefined
      },
    },
    {
      id: 'alarm.resolve',
      deed: 'alarms.act',
      name: 'command.resolve',
      keywords: 'resolve close 종결',
      keys: 'R',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('resolve'),
    },
    {
      id: 'alarm.false',
      deed: 'alarms.act',
      name: 'command.false',
      keywords: 'false 오경보',
      keys: 'X',
      context: 'alarm',
      live: true,
      applies: needsOpenAlarm,
      run: form('false'),
    },
    {
      id: 'alarm.note',
      deed: 'alarms.act',
      name: 'command.note',
      keywords: 'note 메모 기록',
      context: 'alarm',
      live: true,
      applies: needsAlarm,
      run: form('note'),
    },
  ]
}
