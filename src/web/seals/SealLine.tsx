import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { minuteKst } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { field, list } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { type CommandView, command } from './command-view.ts'

const ASKED = ['ask-position', 'lock', 'unlock'] as const
const SHOWN = 3

/** A seal of a journey: what may be asked of it, and what became of what was asked. What its protocol has not is off, with the reason. */
export function SealLine({ seal, fitting }: { seal: string; fitting: string }) {
  const app = useApp()
  const say = useSay()
  const news = useStore(app.seals.commandNews)
  const [known, setKnown] = useState<{ readonly commands: readonly CommandView[]; readonly refused: unknown }>()
  const [said, setSaid] = useState('')
  const path = `/api/seals/${encodeURIComponent(seal)}/commands`
  const load = useCallback(async () => {
    try {
      const answer = await app.api.json('GET', path)
      setKnown({ commands: list(answer, 'commands').map(command), refused: field(answer, 'refused') })
    } catch {
      // Not in the stock, or of another office: then there is nothing to command.
      setKnown(undefined)
    }
  }, [app, path])
  const may = app.may('seals.look')
  useEffect(() => {
    if (may) void load()
  }, [load, may, news])
  const ask = async (kind: (typeof ASKED)[number]): Promise<void> => {
    try {
      await app.api.json('POST', path, { id: crypto.randomUUID(), kind, reason: say('seals.from-card') })
      setSaid(say('seals.asked'))
      await load()
    } catch (reason) {
      setSaid(reason instanceof Error ? reason.message : String(reason))
    }
  }
  return (
    <div className="seal-line">
      <span>
        {seal.slice(seal.indexOf(':') + 1)}{' '}
        <small className="note">{say(fitting === 'tractor' ? 'seals.tractor' : 'seals.on-container')}</small>
      </span>
      {app.may('seals.command') &&
        ASKED.map(kind => {
          const why = field(known?.refused, kind)
          return (
            <button
              key={kind}
              type="button"
              className="button is-small"
              disabled={why !== undefined}
              title={typeof why === 'string' ? wordFor(say, 'seals.refused', why) : undefined}
              onClick={() => void ask(kind)}
            >
              {say(`seals.command.${kind}`)}
            </button>
          )
        })}
      {said && (
        <p className="note" role="status">
          {said}
        </p>
      )}
      {known && known.commands.length > 0 && (
        <ol className="seal-line__commands">
          {known.commands.slice(0, SHOWN).map(one => (
            <li key={one.id}>
              <time>{minuteKst(one.askedAtMs)}</time> {wordFor(say, 'seals.command', one.kind)}{' '}
              <b className={`is-${one.state}`}>{say(`seals.command-state.${one.state}`)}</b>{' '}
              <small className="note">{say('seals.tries', { n: one.tries })}</small>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
