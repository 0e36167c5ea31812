import { SHIP_KINDS } from '#vessels/schema.ts'
import { useApp, useSay } from '../app.ts'
import { isFiltering, NO_FILTER } from '../live/ship-columns.ts'
import { useStore } from '../shell/store.ts'

/** The chart's tools, and the menus of layers and of the filter that open from them. */
export function ChartTools({
  menu,
  setMenu,
}: {
  menu: 'layers' | 'filter' | undefined
  setMenu: (menu: 'layers' | 'filter' | undefined) => void
}) {
  const app = useApp()
  const say = useSay()
  const { filter } = useStore(app.address)
  const tool = useStore(app.tools.state)
  const command = (id: string) => () => {
    const found = app.commands().find(one => one.id === id)
    if (found) app.run(found)
  }
  const active = isFiltering(filter)
  return (
    <>
      <div className="chart__tools segment" role="toolbar" aria-label={say('chart.tools')}>
        <button type="button" aria-pressed={menu === 'layers'} onClick={() => setMenu(menu === 'layers' ? undefined : 'layers')}>
          {say('chart.layers')}
        </button>
        <button type="button" aria-pressed={menu === 'filter'} onClick={() => setMenu(menu === 'filter' ? undefined : 'filter')}>
          {say('chart.filter')} {active > 0 && <b>{active}</b>}
        </button>
        <button type="button" aria-pressed={tool.tool === 'measure'} onClick={command('chart.measure')}>
          {say('chart.measure')}
        </button>
        <button type="button" aria-pressed={tool.tool === 'draw'} onClick={command('chart.draw')}>
          {say('chart.area')}
        </button>
        <button type="button" onClick={command('chart.export')}>
          {say('chart.export')}
        </button>
      </div>
      {menu === 'filter' && <FilterMenu onClose={() => setMenu(undefined)} />}
      {menu === 'layers' && <LayersMenu onClose={() => setMenu(undefined)} />}
    </>
  )
}

function FilterMenu({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const say = useSay()
  const { filter } = useStore(app.address)
  const toggles = [
    ['onlyWatched', 'filter.watched'],
    ['onlyMoving', 'filter.moving'],
    ['hideLost', 'filter.heard'],
  ] as const
  return (
    <div
      className="menu chart__menu"
      onKeyDown={event => event.code === 'Escape' && onClose()}
      role="group"
      aria-label={say('chart.filter')}
    >
      <h3>{say('filter.kinds')}</h3>
      {SHIP_KINDS.map(kind => (
        <label key={kind} className="check menu__item">
          <input
            type="checkbox"
            checked={filter.kinds.includes(kind)}
            onChange={() =>
              app.setFilter({
                ...filter,
                kinds: filter.kinds.includes(kind) ? filter.kinds.filter(other => other !== kind) : [...filter.kinds, kind],
              })
            }
          />
          {say(`kind.${kind}`)}
        </label>
      ))}
      <h3>{say('filter.only')}</h3>
      {toggles.map(([key, text]) => (
        <label key={key} className="check menu__item">
          <input type="checkbox" checked={filter[key]} onChange={() => app.setFilter({ ...filter, [key]: !filter[key] })} />
          {say(text)}
        </label>
      ))}
      <button type="button" className="button" onClick={() => app.setFilter(NO_FILTER)}>
        {say('filter.clear')} <kbd>Esc</kbd>
      </button>
    </div>
  )
}

function LayersMenu({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const say = useSay()
  const desk = useStore(app.desk)
  return (
    <div
      className="menu chart__menu"
      onKeyDown={event => event.code === 'Escape' && onClose()}
      role="group"
      aria-label={say('chart.layers')}
    >
      {(['areas', 'jurisdictions', 'names', 'limits', 'grid', 'track'] as const).map(layer => (
        <label key={layer} className="check menu__item">
          <input
            type="checkbox"
            checked={desk.layers[layer]}
            onChange={() => app.setDesk({ layers: { ...desk.layers, [layer]: !desk.layers[layer] } })}
          />
          {say(`layer.${layer}`)}
        </label>
      ))}
      <label className="check menu__item">
        <input type="checkbox" checked={desk.legend} onChange={() => app.setDesk({ legend: !desk.legend })} />
        {say('layer.legend')}
      </label>
      <h3>{say('layer.vector')}</h3>
      <div className="segment">
        {[3, 6, 12, 30].map(minutes => (
          <button
            key={minutes}
            type="button"
            aria-pressed={desk.vectorMinutes === minutes}
            onClick={() => app.setDesk({ vectorMinutes: minutes })}
          >
            {say('unit.minutes', { n: minutes })}
          </button>
        ))}
      </div>
    </div>
  )
}
