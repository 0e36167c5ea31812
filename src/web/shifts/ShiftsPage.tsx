import { useEffect } from 'react'
import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { CrewPanels, PhonesPanel, SitesPanel } from './CrewPanels.tsx'
import { LogColumn } from './LogColumn.tsx'
import { PhonesForm } from './PhonesForm.tsx'
import { RequestsForm } from './RequestsForm.tsx'
import { RosterForm } from './RosterForm.tsx'
import { RosterPanel } from './RosterPanel.tsx'
import { SheetPanel } from './SheetPanel.tsx'

/** The duty log, the hand-over sheet, and who comes and goes (design/handover.png). */
export function ShiftsPage() {
  const app = useApp()
  const { item } = useStore(app.address)
  const offices = useStore(app.shifts.offices)
  const middle = useStore(app.shifts.middle)
  useEffect(() => {
    if (item !== undefined && offices.some(one => one.id === item)) app.shifts.look(item)
  }, [app, item, offices])
  return (
    <div className="page shifts">
      <LogColumn />
      {middle === 'sheet' && <SheetPanel />}
      {middle === 'roster' && <RosterForm />}
      {middle === 'requests' && <RequestsForm />}
      {middle === 'phones' && <PhonesForm />}
      <div className="page__column scroll">
        <RosterPanel />
        <CrewPanels />
        <SitesPanel />
        <PhonesPanel />
      </div>
    </div>
  )
}
