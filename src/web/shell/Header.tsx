import { useEffect, useState } from 'react'
import { PALETTES, useApp, useSay } from '../app.ts'
import { age, clockKst, clockUtc, dateKst, rate } from '../i18n/format.ts'
import { wordFor } from '../i18n/text.ts'
import { list, text } from '../live/wire.ts'
import { isInHeader, openPages, PAGE_ENTRIES } from '../pages.ts'
import { Kbd } from '../ui/parts.tsx'
import { formatAddress, PAGES, type Page } from './address.ts'
import type { FeedLight } from './status.ts'
import { createStore, useStore } from './store.ts'

export function Header() {
  const app = useApp()
  const say = useSay()
  const { page, wall } = useStore(app.address)
  const { language } = useStore(app.desk)
  const status = useStore(app.status)
  const me = useStore(app.me)
  const address = useStore(app.address)
  const pages = openPages(app, PAGES).filter(isInHeader)
  return (
    <header className="frame" data-region="header" tabIndex={-1}>
      <div className="frame__brand">
        <svg width="20" height="22" viewBox="0 0 20 22" fill="none" strokeWidth="2" aria-hidden="true">
          <path d="M2 9 10 2l8 7M4.6 8v5.4h10.8V8M7 13.4 4.6 21M13 13.4l2.4 7.6M6 18h8" />
        </svg>
        <span>{say('app.name')}</span>
        <small>{say('app.room')}</small>
      </div>
      {!wall && (
        <nav className="frame__pages" aria-label={say('header.pages')}>
          {pages.map(one => (
            <a
              key={one}
              href={formatAddress({ ...address, page: one, ...(one === page ? {} : { item: undefined, sieve: undefined }) })}
              className={`frame__page ${one === page ? 'is-on' : ''}`}
              aria-current={one === page ? 'page' : undefined}
              onClick={event => {
                event.preventDefault()
                app.go({ page: one })
              }}
            >
              {say(`page.${one}`)}
              <PageBadge page={one} />
            </a>
          ))}
        </nav>
      )}
      <div className="spacer" />
      {!wall && (
        <button type="button" className="frame__search" onClick={() => app.overlay.set({ kind: 'palette' })}>
          <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.7" aria-hidden="true">
            <circle cx="6" cy="6" r="4.6" />
            <path d="m9.5 9.5 4 4" />
          </svg>
          <span>{say('header.search')}</span>
          <Kbd keys="Ctrl+K" />
        </button>
      )}
      <div className="feeds" role="status" aria-label={say('header.feeds')}>
        {status?.feeds.slice(0, 5).map(feed => (
          <Light key={feed.name} feed={feed} />
        ))}
      </div>
      {status?.isDemo && <span className="demo">{say('header.demo')}</span>}
      <Clock />
      {!wall && (
        <>
          <DeskMenu initial={me?.name.slice(0, 1) ?? '·'} name={me?.name ?? ''} />
          <div className="lang">
            {(['ko', 'en'] as const).map((one, i) => (
              <span key={one}>
                {i > 0 && ' / '}
                <button
                  type="button"
                  lang={one}
                  className={one === language ? 'is-on' : ''}
                  aria-pressed={one === language}
                  onClick={() => app.setDesk({ language: one })}
                >
                  {one === 'ko' ? '한국어' : 'EN'}
                </button>
              </span>
            ))}
          </div>
        </>
      )}
    </header>
  )
}

/** What asks for a look on that page. */
function PageBadge({ page }: { page: Page }) {
  const app = useApp()
  const say = useSay()
  const count = useStore(PAGE_ENTRIES.find(entry => entry.page === page)?.badge?.(app) ?? NONE)
  if (count === 0) return null
  return (
    <span className="badge" title={say('page.asking', { n: count })}>
      {count > 99 ? '99+' : count}
    </span>
  )
}
const NONE = createStore(0)

/** One feed: green with its rate, orange diamond when late, red ring when silent. The word says it too. */
function Light({ feed }: { feed: FeedLight }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const look = feed.state === 'ok' ? '' : feed.state === 'late' ? 'is-partial' : feed.state === 'silent' ? 'is-lost' : 'is-off'
  const figure =
    feed.state === 'ok'
      ? rate(feed.perSecond)
      : feed.lastAtMs === undefined
        ? say(feed.state === 'paused' ? 'feed.paused' : 'feed.silent')
        : age(app.now() - feed.lastAtMs, language)
  return (
    <a className={`feed ${look}`} href="#/feeds" title={say(`feed.state.${feed.state}`)}>
      <i />
      {feed.label} {figure}
    </a>
  )
}

/** This machine's clock is told when it is off by more; the times shown are the server's all the same. */
const DRIFT_MS = 1000

function Clock() {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const isPast = useStore(app.time.state).atMs !== undefined
  const [now, setNow] = useState(app.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(app.now()), 250)
    return () => clearInterval(timer)
  }, [app])
  const driftMs = app.link.offsetMs()
  return (
    <div className={`clock ${isPast ? 'tone-act' : ''}`}>
      <b>{clockKst(now)} KST</b>
      <small>
        {dateKst(now, language)} · {clockUtc(now)} UTC
        {Math.abs(driftMs) > DRIFT_MS && (
          <span className="tone-warn"> · {say('clock.drift', { seconds: (Math.abs(driftMs) / 1000).toFixed(1) })}</span>
        )}
      </small>
    </div>
  )
}

/** Name, posts, and what one does with a session. */
function WhoAmI({ done }: { done: () => void }) {
  const app = useApp()
  const say = useSay()
  const { language } = useStore(app.desk)
  const me = useStore(app.me)
  const [places, setPlaces] = useState<readonly unknown[]>([])
  useEffect(
    () =>
      void app.api.json('GET', '/api/organisations').then(
        answer => setPlaces(list(answer)),
        () => undefined,
      ),
    [app],
  )
  const nameOf = (id: string): string =>
    text(
      places.find(one => text(one, 'id') === id),
      language,
    ) ?? id
  const session = app
    .commands()
    .filter(command => ['page.account', 'page.telling', 'desk.lock', 'desk.sign-out'].includes(command.id) && command.applies?.() !== false)
  return (
    <>
      <div className="menu__who">
        <b>{me?.name}</b>
        {me?.posts.map(({ post, organisation }) => (
          <span key={`${post} ${organisation}`} className="note">
            {wordFor(say, 'post', post)} · {nameOf(organisation)}
          </span>
        ))}
      </div>
      {session.map(command => (
        <button
          key={command.id}
          type="button"
          className="menu__item"
          onClick={() => {
            done()
            app.run(command)
          }}
        >
          {say(command.name)} {command.keys && <Kbd keys={command.keys} />}
        </button>
      ))}
    </>
  )
}

/** The desk: who, palette, sound test, keys. */
function DeskMenu({ initial, name }: { initial: string; name: string }) {
  const app = useApp()
  const say = useSay()
  const desk = useStore(app.desk)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="menu-anchor">
      <button
        type="button"
        className="who"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={say('desk.menu', { name })}
        onClick={() => setOpen(!isOpen)}
      >
        {initial}
      </button>
      {isOpen && (
        <div
          className="menu"
          style={{ right: 0, top: 40 }}
          onMouseLeave={() => setOpen(false)}
          onKeyDown={event => event.code === 'Escape' && setOpen(false)}
        >
          <WhoAmI done={() => setOpen(false)} />
          <h3>{say('desk.palette')}</h3>
          {PALETTES.map(palette => (
            <button
              key={palette}
              type="button"
              className={`menu__item ${!desk.isPaletteByHour && desk.palette === palette ? 'is-on' : ''}`}
              onClick={() => app.setDesk({ palette, isPaletteByHour: false })}
            >
              <span
                className="swatch"
                data-palette={palette}
                style={{ background: 'linear-gradient(105deg, var(--panel) 45%, var(--act) 45% 70%, var(--land) 70%)' }}
              />
              {say(`palette.${palette}`)}
            </button>
          ))}
          <button
            type="button"
            className={`menu__item ${desk.isPaletteByHour ? 'is-on' : ''}`}
            onClick={() => app.setDesk({ isPaletteByHour: !desk.isPaletteByHour })}
          >
            {say('palette.by-hour')}
          </button>
          <h3>{say('desk.more')}</h3>
          <button type="button" className="menu__item" onClick={() => app.overlay.set({ kind: 'sound' })}>
            {say('sound.test')}
          </button>
          <button type="button" className="menu__item" onClick={() => app.overlay.set({ kind: 'keys' })}>
            {say('keys.title')} <span className="push">?</span>
          </button>
          <button
            type="button"
            className={`menu__item ${desk.keysOff ? 'is-on' : ''}`}
            onClick={() => app.setDesk({ keysOff: !desk.keysOff })}
          >
            {say('keys.off')}
          </button>
          <a className="menu__item" href="?wall=1#/situation">
            {say('wall.open')}
          </a>
        </div>
      )}
    </div>
  )
}
