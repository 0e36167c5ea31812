import { useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { field } from '../live/wire.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { PlanBulk } from './PlanBulk.tsx'
import { PlanFields } from './PlanFields.tsx'
import { PlanLoad } from './PlanLoad.tsx'
import { PlanMap } from './PlanMap.tsx'
import { filledFrom } from './plan-form.ts'
import { usePlan } from './use-plan.ts'
import './plan.css'

/** A journey planned in under a minute: what is not said gets the usual value, the way is that of earlier journeys, faults stand beside their fields as they are typed. */
export function PlanForm() {
  const app = useApp()
  const say = useSay()
  const plan = usePlan()
  const [isBulk, setBulk] = useState(false)
  const { item } = useStore(app.address)
  const { fill } = plan
  useEffect(() => {
    // Opened with a journey: planned after it.
    if (item === undefined) return
    void app.api.json('GET', `/api/journeys/${encodeURIComponent(item)}`).then(
      answer => fill(filledFrom(field(answer, 'plan'))),
      reason => app.toast(reason instanceof Error ? reason.message : String(reason), { tone: 'bad' }),
    )
  }, [app, item])
  return (
    <div className="page planning">
      <Panel label={say('seals.view.plan')} region="plan" className="planning__form">
        <PanelHead title={say('seals.plan.title')}>
          <div className="segment" role="group" aria-label={say('seals.plan.how-many')}>
            {[false, true].map(many => (
              <button key={String(many)} type="button" aria-pressed={isBulk === many} onClick={() => setBulk(many)}>
                {say(many ? 'seals.bulk' : 'seals.plan.one')}
              </button>
            ))}
          </div>
        </PanelHead>
        {isBulk ? (
          <PlanBulk places={plan.places} />
        ) : (
          <>
            <PlanLoad plan={plan} />
            <PlanFields plan={plan} />
          </>
        )}
      </Panel>
      <PlanMap plan={plan} />
    </div>
  )
}
