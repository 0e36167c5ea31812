import { useApp } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { CorrectForm, JoinForm, ReportTextForm, StateForm } from './ChangeForms.tsx'
import { FileViewer } from './FileViewer.tsx'
import { OriginalForm, PeopleForm } from './LookForms.tsx'
import { CarryForm, OrderForm } from './OrderForms.tsx'

type Form = 'order' | 'correct' | 'join' | 'state' | 'people' | 'report-text' | 'order-done' | 'order-recall' | 'original' | 'file'

/** The sheets of an incident: what a deed asks for before it is done. Ctrl Enter does it. */
export function IncidentForm({ form, id }: { form: Form; id: string }) {
  const app = useApp()
  const incident = useStore(app.incidents.open)?.full
  if (form === 'order-done' || form === 'order-recall') return <CarryForm form={form} id={id} />
  if (form === 'file') return <FileViewer id={id} />
  if (form === 'original') return <OriginalForm id={id} />
  if (!incident) return null
  if (form === 'order') return <OrderForm incident={incident} />
  if (form === 'correct') return <CorrectForm incident={incident} />
  if (form === 'join') return <JoinForm incident={incident} />
  if (form === 'state') return <StateForm incident={incident} />
  if (form === 'people') return <PeopleForm incident={incident} />
  return <ReportTextForm incident={incident} />
}
