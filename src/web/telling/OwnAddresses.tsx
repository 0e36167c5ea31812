import { useState } from 'react'
import { WAYS, type Way } from '#alerts/schema.ts'
import { useApp, useSay } from '../app.ts'
import { useStore } from '../shell/store.ts'
import { Panel, PanelHead } from '../ui/parts.tsx'
import { type OwnAddress, ownAddress } from './model.ts'
import { readList, useAsked } from './use-asked.ts'

const read = readList(ownAddress)

/** Own numbers and addresses: told only once confirmed by a code; a test goes to oneself alone. */
export function OwnAddresses() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const { value, trouble, load } = useAsked('/api/telling/addresses', read, 60_000)
  const [way, setWay] = useState<Way>('sms')
  const [address, setAddress] = useState('')
  const [said, setSaid] = useState<string>()
  const act = async (path: string, body: object, done: string): Promise<void> => {
    try {
      await app.api.json('POST', `/api/telling/${path}`, body)
      setSaid(done)
      await load()
    } catch (reason) {
      setSaid(reason instanceof Error ? reason.message : String(reason))
    }
  }
  return (
    <Panel label={say('telling.mine')} region="telling-mine">
      <PanelHead title={say('telling.mine')}>
        <span className="note">{say('telling.mine-note')}</span>
      </PanelHead>
      <div className="telling__mine">
        {trouble !== undefined && <p className="is-bad">{trouble}</p>}
        {value?.length === 0 && <p className="note">{say('telling.mine-empty')}</p>}
        {value?.map(one => (
          <Own key={`${one.way} ${one.address}`} one={one} act={act} />
        ))}
        <form
          onSubmit={event => {
            event.preventDefault()
            void act('addresses', { way, address: address.trim(), language }, say('telling.code-sent'))
          }}
        >
          <select
            className="input"
            aria-label={say('telling.column.way')}
            value={way}
            onChange={event => setWay(WAYS.find(one => one === event.target.value) ?? 'sms')}
          >
            {WAYS.map(one => (
              <option key={one} value={one}>
                {say(`telling.way.${one}`)}
              </option>
            ))}
          </select>
          <input
            className="input"
            aria-label={say('telling.address')}
            placeholder={say('telling.address')}
            value={address}
            onChange={event => setAddress(event.target.value)}
          />
          <button type="submit" className="button" disabled={address.trim().length < 3}>
            {say('telling.add')}
          </button>
        </form>
        {said !== undefined && (
          <p className="note" role="status">
            {said}
          </p>
        )}
      </div>
    </Panel>
  )
}

function Own({ one, act }: { one: OwnAddress; act(path: string, body: object, done: string): Promise<void> }) {
  const say = useSay()
  const [code, setCode] = useState('')
  const { way, address } = one
  return (
    <div className="telling__own">
      <span>
        {say(`telling.way.${way}`)} <b>{address}</b>{' '}
        <small className={one.isConfirmed ? 'is-good' : 'note'}>{say(one.isConfirmed ? 'telling.confirmed' : 'telling.unconfirmed')}</small>
      </span>
      {one.isConfirmed ? (
        <button type="button" className="button is-small" onClick={() => void act('test', { way }, say('telling.test-sent'))}>
          {say('telling.test')}
        </button>
      ) : (
        <>
          <input
            className="input"
            inputMode="numeric"
            aria-label={say('telling.code')}
            placeholder={say('telling.code')}
            value={code}
            onChange={event => setCode(event.target.value)}
          />
          <button
            type="button"
            className="button is-small"
            disabled={code.length < 4}
            onClick={() => void act('addresses/confirm', { way, address, code }, say('telling.confirmed'))}
          >
            {say('telling.confirm')}
          </button>
        </>
      )}
      <button
        type="button"
        className="button is-small"
        onClick={() => void act('addresses/remove', { way, address }, say('telling.removed'))}
      >
        {say('telling.remove')}
      </button>
    </div>
  )
}
