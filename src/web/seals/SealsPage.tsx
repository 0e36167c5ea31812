import { useEffect, useMemo } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { FieldView } from './FieldView.tsx'
import { JourneyCard } from './JourneyCard.tsx'
import { JourneyList } from './JourneyList.tsx'
import { JourneyMap } from './JourneyMap.tsx'
import { PlanForm } from './PlanForm.tsx'
import { Stock } from './Stock.tsx'
import './journey.css'
import './seals.css'

const VIEWS = ['journeys', 'plan', 'stock', 'field'] as const
type View = (typeof VIEWS)[number]

/** Electronic seals: journeys on the map and in the list, planning one, the stock. */
export function SealsPage() {
  const app = useApp()
  const say = useSay()
  const { item, sieve } = useStore(app.address)
  const view: View = VIEWS.find(one => one === sieve) ?? 'journeys'
  // On the page of the stock what is chosen is a seal.
  const journey = view === 'stock' ? undefined : item
  useEffect(() => app.seals.show(journey), [app, journey])
  useEffect(() => {
    void app.seals.load()
  }, [app])
  return (
    <div className="seals">
      <div className="segment seals__views" role="group" aria-label={say('seals.list')}>
        {VIEWS.filter(
          one =>
            one === 'journeys' ||
            (one === 'field' ? app.may('journeys.handle') : one === 'plan' ? app.may('journeys.plan') : app.may('seals.look')),
        ).map(one => (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            onClick={() =>
              app.go({
                sieve: one === 'journeys' ? undefined : one,
                ...(one === 'plan' || one === 'stock' || view === 'stock' ? { item: undefined } : {}),
              })
            }
          >
            {say(`seals.view.${one}`)}
          </button>
        ))}
      </div>
      {view === 'journeys' && <Journeys />}
      {view === 'plan' && <PlanForm />}
      {view === 'stock' && <Stock />}
      {view === 'field' && <FieldView />}
    </div>
  )
}

function Journeys() {
  const app = useApp()
  const { rows: live } = useStore(app.seals.state)
  const over = useStore(app.seals.over)
  const isOver = useStore(app.seals.isOver)
  const sieve = useStore(app.seals.sieve)
  const order = useStore(app.seals.order)
  const rows = useMemo(() => app.seals.shown(), [app, live, over, isOver, sieve, order])
  return (
    <div className={`page seals__journeys ${app.address.get().item === undefined ? '' : 'has-open'}`}>
      <div className="page__column">
        <div className="panel seals__map">
          <JourneyMap rows={rows} />
        </div>
        <JourneyList rows={rows} />
      </div>
      <JourneyCard />
    </div>
  )
}
