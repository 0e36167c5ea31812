// What can be done with the moment shown, as commands.
import type { App } from '../app.ts'
import type { Command } from '../shell/commands.ts'

const STEP_MS = 10_000
const JUMP_MS = 600_000

export function timeCommands(app: App): readonly Command[] {
  const shift = (ms: number) => () => app.time.show((app.time.state.get().atMs ?? app.now()) + ms)
  return [
    { id: 'time.back', deed: 'ships.look', name: 'command.back', keys: 'Comma', context: 'time', unlisted: true, run: shift(-STEP_MS) },
    { id: 'time.forth', deed: 'ships.look', name: 'command.forth', keys: 'Period', context: 'time', unlisted: true, run: shift(STEP_MS) },
    {
      id: 'time.far-back',
      deed: 'ships.look',
      name: 'command.far-back',
      keys: 'Shift+Comma',
      context: 'time',
      unlisted: true,
      run: shift(-JUMP_MS),
    },
    {
      id: 'time.far-forth',
      deed: 'ships.look',
      name: 'command.far-forth',
      keys: 'Shift+Period',
      context: 'time',
      unlisted: true,
      run: shift(JUMP_MS),
    },
    {
      id: 'time.hour-back',
      deed: 'ships.look',
      name: 'command.hour-back',
      keywords: 'past hour 한 시간 전',
      context: 'time',
      run: shift(-3_600_000),
    },
    {
      id: 'time.play',
      deed: 'ships.look',
      name: 'command.play',
      keywords: 'play pause 재생 멈춤',
      keys: 'P',
      context: 'time',
      run: () => app.time.play(!app.time.state.get().isPlaying),
    },
    {
      id: 'time.live',
      deed: 'ships.look',
      name: 'command.live',
      keywords: 'live now 실시간 지금',
      keys: 'E',
      context: 'time',
      run: () => app.time.goLive(),
    },
  ]
}
