import { useApp, useSay } from '../app.ts'
import { momentKst, stopwatch } from '../i18n/format.ts'
import { useStore } from '../shell/store.ts'
import { Bones, CommandButton, Panel, PaperHead, State, Tick } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { shiftCommands } from './commands.ts'
import type { HandOverPart, ItemView, SheetView, Signature } from './model.ts'
import { useOfficeName } from './parts.tsx'
import { SheetRow } from './SheetRow.tsx'

const PARTS: readonly HandOverPart[] = ['alarms', 'incidents', 'patrols', 'equipment', 'watched']

/** The hand-over sheet: five parts, each item with a remark and a tick, and the two signatures. */
export function SheetPanel() {
  const app = useApp()
  const say = useSay()
  const { sheet, isLoaded, trouble } = useStore(app.shifts.sheet)
  const duty = useStore(app.shifts.duty)
  const commands = shiftCommands(app)
  const find = (id: string) => commands.find(command => command.id === id)
  if (!sheet)
    return (
      <Panel label={say('shifts.sheet')} region="sheet">
        {!isLoaded && !trouble ? (
          <Bones blocks={4} />
        ) : (
          <State
            title={trouble ?? say(duty?.roster ? 'shifts.no-sheet' : 'shifts.no-roster')}
            note={say(duty?.roster ? 'shifts.no-sheet-note' : 'shifts.no-roster-note')}
          >
            <CommandButton command={find(duty?.roster ? 'shifts.open-sheet' : 'shifts.roster')} look="is-main" />
          </State>
        )}
      </Panel>
    )
  const isOver = sheet.state === 'done'
  const isOther = duty?.now !== undefined && sheet.from.toMs <= duty.now.watch.fromMs && isOver
  return (
    <Panel label={say('shifts.sheet')} region="sheet" className={`hand-over is-printed ${isOver ? 'is-done' : ''}`}>
      <PaperHead title={say('shifts.sheet')} />
      <SheetHead sheet={sheet} />
      {isOther && (
        <div className="hand-over__note">
          {say('shifts.sheet-of-before')} <CommandButton command={find('shifts.open-sheet')} />
        </div>
      )}
      <div className="hand-over__parts grow scroll" role="list">
        {PARTS.map((part, n) => (
          <SheetPart key={part} part={part} n={n + 1} sheet={sheet} />
        ))}
      </div>
      <div className="hand-over__signs">
        <Sign as="outgoing" sheet={sheet} />
        <Sign as="incoming" sheet={sheet} />
      </div>
    </Panel>
  )
}

function SheetHead({ sheet }: { sheet: SheetView }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const office = useOfficeName()
  const nowMs = useNow()
  const settled = sheet.items.length - sheet.left
  const print = shiftCommands(app).find(command => command.id === 'shifts.print')
  const leftMs = sheet.from.toMs - nowMs
  const share = sheet.items.length === 0 ? 1 : settled / sheet.items.length
  return (
    <div className="hand-over__head">
      <div>
        <h2>{say('shifts.sheet')}</h2>
        <p className="note">
          {say('shifts.sheet-of', {
            from: `${sheet.from.crew[language]} ${sheet.from.watch[language]}`,
            to: `${sheet.to.crew[language]} ${sheet.to.watch[language]}`,
          })}{' '}
          · {momentKst(sheet.from.fromMs, 0)} ~ {momentKst(sheet.from.toMs, 0)} · {office(sheet.organisation)}
        </p>
      </div>
      {sheet.state === 'done' ? (
        <div className="hand-over__timer">
          <small>{say('shifts.handed-over')}</small>
          <b className="tone-good">{momentKst(sheet.incoming?.atMs ?? 0, nowMs)}</b>
        </div>
      ) : (
        <div className="hand-over__timer">
          <small>{say(leftMs >= 0 ? 'shifts.until' : 'shifts.overdue')}</small>
          <b className={leftMs >= 0 ? 'tone-warn' : 'tone-bad'}>{stopwatch(Math.abs(leftMs))}</b>
        </div>
      )}
      <CommandButton command={print} look="button--plain hand-over__print" />
      <div className="hand-over__progress">
        <div>
          <b>{say('shifts.taken-over', { n: settled, of: sheet.items.length })}</b>
          <span className="note">{sheet.left > 0 ? say('shifts.left', { n: sheet.left }) : say('shifts.all-taken')}</span>
        </div>
        <div className="meter">
          <i style={{ width: `${share * 100}%` }} />
        </div>
      </div>
    </div>
  )
}

function SheetPart({ part, n, sheet }: { part: HandOverPart; n: number; sheet: SheetView }) {
  const say = useSay()
  const items = sheet.items.filter(item => item.part === part)
  const left = items.filter(item => !item.isSettled).length
  const isUnlinked = sheet.unlinked.includes(part)
  return (
    <section className="hand-over__part" role="listitem">
      <h3>
        {n}. {say(`shifts.part.${part}`)} <small>{isUnlinked ? '' : countWords(items, say)}</small>
        {isUnlinked ? (
          <span className="push note">{say('shifts.unlinked')}</span>
        ) : items.length === 0 ? null : left === 0 ? (
          <span className="push tone-good">{say('shifts.all-taken')}</span>
        ) : (
          <span className="push tone-warn">{say('shifts.left', { n: left })}</span>
        )}
      </h3>
      {isUnlinked && <p className="hand-over__empty">{say(`shifts.unlinked.${part === 'patrols' ? 'patrols' : 'other'}`)}</p>}
      {!isUnlinked && items.length === 0 && <p className="hand-over__empty">{say(`shifts.none.${part}`)}</p>}
      {items.map(item => (
        <SheetRow key={item.id} item={item} sheet={sheet} />
      ))}
    </section>
  )
}

/** 3 · 보류 1 */
function countWords(items: readonly ItemView[], say: ReturnType<typeof useSay>): string {
  const shelved = items.filter(item => item.part === 'alarms' && item.untilMs !== undefined).length
  const fresh = items.filter(item => item.isNew && item.goneAtMs === undefined).length
  return [
    String(items.length - shelved),
    ...(shelved > 0 ? [say('shifts.shelved', { n: shelved })] : []),
    ...(fresh > 0 ? [say('shifts.new-since', { n: fresh })] : []),
  ].join(' · ')
}

function Sign({ as, sheet }: { as: 'outgoing' | 'incoming'; sheet: SheetView }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const sign: Signature | undefined = sheet[as]
  const crew = (as === 'outgoing' ? sheet.from : sheet.to).crew[language]
  const command = shiftCommands(app).find(one => one.id === (as === 'outgoing' ? 'shifts.sign-out' : 'shifts.sign-in'))
  const isTurn = as === 'outgoing' ? sheet.state === 'open' : sheet.state === 'given'
  return (
    <div className={`hand-over__sign ${sign ? 'is-signed' : isTurn ? 'is-turn' : ''}`}>
      <span className="note">
        {say(`shifts.${as}`)} · {crew} {sign?.seat?.[language] ?? ''}
      </span>
      {sign ? (
        <>
          <span className="tone-good hand-over__signed">
            <Tick /> {say('shifts.signed')}
            {!sign.isOnRoster && <span className="tone-warn"> · {say('shifts.not-on-roster')}</span>}
          </span>
          <b>{sign.name}</b>
          <b title={`SHA-256 ${sign.hash}`}>
            {momentKst(sign.atMs, sheet.from.toMs)} <small className="note not-printed">{sign.hash.slice(0, 8)}</small>
          </b>
          <small className="only-paper hand-over__hash">SHA-256 {sign.hash}</small>
        </>
      ) : (
        <>
          <span className={isTurn ? 'tone-warn' : 'note'}>
            {as === 'incoming' && sheet.state === 'open'
              ? say('shifts.outgoing-first')
              : as === 'incoming' && sheet.left > 0
                ? say('shifts.opens-after', { n: sheet.left })
                : say('shifts.may-sign')}
          </span>
          <b>{isTurn ? (app.me.get()?.name ?? '') : '–'}</b>
          <CommandButton command={command} look={isTurn && (as === 'outgoing' || sheet.left === 0) ? 'is-main' : ''} />
        </>
      )}
    </div>
  )
}
