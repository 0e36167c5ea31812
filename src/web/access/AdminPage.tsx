import { useCallback, useEffect, useState } from 'react'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Bones, Panel, State, Tabs } from '../ui/parts.tsx'
import { type House, organisations, people, rights } from './admin-model.ts'
import './admin.css'
import { text } from '../live/wire.ts'
import { ImportPeople } from './ImportPeople.tsx'
import { Invitations } from './Invitations.tsx'
import { OrganisationPanel } from './OrganisationPanel.tsx'
import { OrganisationTree } from './OrganisationTree.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { RightsMatrix } from './RightsMatrix.tsx'
import { SecondInbox } from './SecondInbox.tsx'
import { SignInPanel } from './SignInPanel.tsx'
import { Trail } from './Trail.tsx'

type TabName = 'rights' | 'second' | 'audit' | 'import'

/** Organisations, people and rights; deeds that wait for two; the trail. */
export function AdminPage() {
  const app = useApp()
  const say = useSay()
  const { item } = useStore(app.address)
  useStore(app.me)
  const [house, setHouse] = useState<House>()
  const [trouble, setTrouble] = useState<string>()
  const [organisation, setOrganisation] = useState<string>()
  const [person, setPerson] = useState<string>()
  const tabs = (['rights', 'second', 'audit', 'import'] as const).filter(
    tab => (tab !== 'audit' || app.may('audit.read')) && (tab !== 'import' || app.may('rights.change')),
  )
  const tab: TabName = tabs.find(one => one === item) ?? 'rights'

  const load = useCallback(async (): Promise<void> => {
    try {
      const [tree, staff, table] = await Promise.all([
        app.api.json('GET', '/api/organisations'),
        app.may('people.look') ? app.api.json('GET', '/api/people?left=true') : [],
        app.api.json('GET', '/api/rights'),
      ])
      setHouse({ organisations: organisations(tree), people: people(staff), ...rights(table) })
      setTrouble(undefined)
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    }
  }, [app])
  useEffect(() => {
    void load()
    return app.link.onMessage(message => {
      const kind = text(message, 'kind')
      if (kind === 'organisations' || kind === 'rights') void load()
    })
  }, [app, load])

  const bar = (
    <Panel label={say('admin.title')} className="admin__bar">
      <Tabs
        label={say('admin.title')}
        tabs={tabs.map(id => ({ id, name: say(`admin.tab-${id}`) }))}
        chosen={tab}
        onChoose={next => app.go({ item: next })}
      />
      <span className="note push">{say('admin.before-saving')}</span>
    </Panel>
  )
  if (!house)
    return (
      <div className="admin is-wide">
        {bar}
        <Panel label={say('admin.title')}>
          {trouble ? (
            <State title={say('records.trouble')} note={trouble}>
              <button type="button" className="button" onClick={() => void load()}>
                {say('act.again')}
              </button>
            </State>
          ) : (
            <Bones blocks={4} />
          )}
        </Panel>
      </div>
    )
  if (tab !== 'rights')
    return (
      <div className="admin is-wide">
        {bar}
        {tab === 'second' && <SecondInbox />}
        {tab === 'audit' && <Trail house={house} />}
        {tab === 'import' && (
          <div className="page__column">
            <ImportPeople done={() => void load()} />
            {app.may('people.let-in') && <Invitations house={house} />}
          </div>
        )}
      </div>
    )
  const chosen = house.people.find(one => one.id === person)
  const place = house.organisations.find(one => one.id === organisation)
  return (
    <div className="admin">
      {bar}
      <OrganisationTree
        house={house}
        organisation={organisation}
        person={person}
        chooseOrganisation={id => {
          // An organisation behind a person comes to the front; pressed again it is let go.
          setOrganisation(id === organisation && person === undefined ? undefined : id)
          setPerson(undefined)
        }}
        choosePerson={setPerson}
      />
      <div className="page__column">
        {!chosen && place && <OrganisationPanel key={place.id} house={house} one={place} changed={() => void load()} />}
        {chosen && <PersonPanel key={chosen.id} house={house} person={chosen} changed={() => void load()} />}
        {chosen && !chosen.hasLeft && <SignInPanel key={`sign-in-${chosen.id}`} person={chosen} />}
        <RightsMatrix house={house} person={chosen} />
      </div>
      {app.may('audit.read') ? <Trail house={house} who={chosen} isNarrow /> : <SecondInbox />}
    </div>
  )
}
