import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { field, list } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { CommandForm } from './CommandForm.tsx'
import { type CommandView, command } from './command-view.ts'

const SHOWN = 4

/** A seal of a journey: what may be asked of it, and what became of what was asked, by whom and why. */
export function SealLine({ seal, fitting, isHighRisk }: { seal: string; fitting: string; isHighRisk: boolean }) {
  const app = useApp()
  const say = useSay()
  const news = useStore(app.seals.commandNews)
  const [known, setKnown] = useState<{ readonly commands: readonly CommandView[]; readonly refused: unknown; readonly hindered: unknown }>()
  const path = `/api/seals/${encodeURIComponent(seal)}/commands`
  const load = useCallback(async () => {
    try {
      const answer = await app.api.json('GET', path)
      setKnown({ commands: list(answer, 'commands').map(command), refused: field(answer, 'refused'), hindered: field(answer, 'hindered') })
    } catch {
      // Not in the stock, or of another office: then there is nothing to command.
      setKnown(undefined)
    }
  }, [app, path])
  const may = app.may('seals.look')
  useEffect(() => {
    if (may) void load()
  }, [load, may, news])
  const take = async (id: string): Promise<void> => {
    try {
      await app.api.json('DELETE', `/api/seals/commands/${encodeURIComponent(id)}`)
    } catch (reason) {
      app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' })
    }
    await load()
  }
  return (
    <div className="seal-line">
      <span>
        {seal.slice(seal.indexOf(':') + 1)}{' '}
        <small className="note">
          {seal.slice(0, seal.indexOf(':'))} · {say(fitting === 'tractor' ? 'seals.tractor' : 'seals.on-container')}
        </small>
      </span>
      {app.may('seals.command') && known && (
        <CommandForm path={path} refused={known.refused} hindered={known.hindered} isHighRisk={isHighRisk} onAsked={() => void load()} />
      )}
      {known && known.commands.length > 0 && (
        <ol className="seal-line__commands">
          {known.commands.slice(0, SHOWN).map(one => (
            <li key={one.id} title={one.reason}>
              <time>{minuteKst(one.askedAtMs)}</time> <span>{wordFor(say, 'seals.command', one.kind)}</span>{' '}
              <b className={`is-${one.state}`}>{say(`seals.command-state.${one.state}`)}</b>{' '}
              <small className="note">
                {[
                  one.reason,
                  one.tries > 0 ? say('seals.tries', { n: one.tries }) : undefined,
                  one.doneAtMs === undefined ? say('seals.command.until', { time: minuteKst(one.untilMs) }) : minuteKst(one.doneAtMs),
                  one.note,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
              {app.may('seals.command') && (one.state === 'queued' || one.state === 'sent') && (
                <button type="button" className="link-button" onClick={() => void take(one.id)}>
                  {say('seals.command.take-back')}
                </button>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
