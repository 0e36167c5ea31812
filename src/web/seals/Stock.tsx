import { useCallback, useEffect, useMemo, useState } from 'react'
import { SEAL_LIVES } from '#seals/schema.ts'
import { useApp, useSay } from '../app.ts'
import { thousands } from '../i18n/format.ts'
import { useOffice } from '../incidents/parts.tsx'
import { list } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, PanelHead, State } from '../ui/parts.tsx'
import { useNow } from '../ui/use-now.ts'
import { type SealView, seal, type Unknown, unknown } from './model.ts'
import { StockChange } from './StockChange.tsx'
import { StockCsv } from './StockCsv.tsx'
import { StockSeal } from './StockSeal.tsx'
import { StockTable } from './StockTable.tsx'
import { illsOf, orderedStock, type StockColumn, siftedStock } from './stock-order.ts'
import { UnknownSeals } from './UnknownSeals.tsx'
import './stock.css'

const REFRESH_MS = 10_000

/** The stock of seals and how each is; one of them whole; many changed at once, by hand or by a spreadsheet; devices nobody knows yet. */
export function Stock() {
  const app = useApp()
  const say = useSay()
  const office = useOffice()
  const found = useStore(app.seals.found)
  const nowMs = useNow(5000)
  const { item } = useStore(app.address)
  const [seals, setSeals] = useState<readonly SealView[]>()
  const [strange, setStrange] = useState<readonly Unknown[]>([])
  const [trouble, setTrouble] = useState<string>()
  const [words, setWords] = useState('')
  const [life, setLife] = useState<SealView['life']>()
  const [isIll, setIll] = useState(false)
  const [order, setOrder] = useState<{ readonly by: StockColumn; readonly isDown: boolean }>({ by: 'ills', isDown: false })
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [isCsv, setCsv] = useState(false)
  const load = useCallback(async () => {
    try {
      const [stock, others] = await Promise.all([app.api.json('GET', '/api/seals'), app.api.json('GET', '/api/seals/unknown')])
      setSeals(list(stock).map(seal))
      setStrange(list(others).map(unknown))
      setTrouble(undefined)
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }, [app])
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [load, found])
  const counts = useMemo(() => {
    const counted = new Map<string, number>()
    for (const one of seals ?? []) counted.set(one.life, (counted.get(one.life) ?? 0) + 1)
    return counted
  }, [seals])
  const ill = useMemo(() => (seals ?? []).filter(one => illsOf(one, nowMs).length > 0).length, [seals, nowMs])
  const shown = useMemo(
    () => orderedStock(siftedStock(seals ?? [], { words, life, isIll }, nowMs), order, id => office(id, true), nowMs),
    [seals, words, life, isIll, order, nowMs],
  )
  const chosen = seals?.find(one => one.id === item)
  const marked = (seals ?? []).filter(one => picked.has(one.id))
  return (
    <div className="page is-two">
      <Panel label={say('seals.stock')} region="stock">
        <PanelHead title={say('seals.stock')}>
          <div className="segment" role="group" aria-label={say('seals.column.life')}>
            <button
              type="button"
              aria-pressed={life === undefined && !isIll}
              onClick={() => {
                setLife(undefined)
                setIll(false)
              }}
            >
              {say('seals.all')} <b>{thousands(seals?.length ?? 0)}</b>
            </button>
            {SEAL_LIVES.filter(one => counts.has(one)).map(one => (
              <button key={one} type="button" aria-pressed={life === one} onClick={() => setLife(life === one ? undefined : one)}>
                {say(`seals.life.${one}`)} <b>{thousands(counts.get(one) ?? 0)}</b>
              </button>
            ))}
            <button type="button" className={ill > 0 ? 'is-care' : ''} aria-pressed={isIll} onClick={() => setIll(!isIll)}>
              {say('seals.stock-ill')} <b>{thousands(ill)}</b>
            </button>
          </div>
          <input
            className="input seal-list__find"
            data-find
            placeholder={say('seals.stock-find')}
            aria-label={say('seals.stock-find')}
            value={words}
            onChange={event => setWords(event.target.value)}
          />
          {app.may('seals.change') && (
            <button
              type="button"
              className={`button is-small push ${isCsv ? 'is-pressed' : ''}`}
              aria-pressed={isCsv}
              onClick={() => setCsv(!isCsv)}
            >
              {say('seals.stock-csv')}
            </button>
          )}
        </PanelHead>
        {marked.length > 0 && (
          <StockChange
            seals={marked}
            onDone={async () => {
              setPicked(new Set())
              await load()
            }}
            onDrop={() => setPicked(new Set())}
          />
        )}
        {trouble !== undefined && !seals ? (
          <State title={trouble} />
        ) : !seals ? (
          <Bones blocks={4} />
        ) : seals.length === 0 ? (
          <State title={say('seals.stock-empty')} note={say('seals.stock-empty-note')} />
        ) : (
          <StockTable
            seals={shown}
            chosen={item}
            nowMs={nowMs}
            order={order}
            picked={picked}
            onOrder={by => setOrder(now => ({ by, isDown: now.by === by && !now.isDown }))}
            onPick={setPicked}
          />
        )}
      </Panel>
      <div className="page__column">
        {isCsv && <StockCsv onKept={load} />}
        {chosen && !isCsv && <StockSeal seal={chosen} />}
        <UnknownSeals strange={strange} onAdopted={load} />
      </div>
    </div>
  )
}
