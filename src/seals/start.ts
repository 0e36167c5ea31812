// Wires the room to its doors: routes, the live line, commands. The only file that knows all the others.
import { type Access, auditStatement, boxKey } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Live } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Store } from '#platform/store/index.ts'
import type { FindingSink } from '#rules/index.ts'
import { createCommandGuard } from './command-guard.ts'
import { commandRoutes } from './command-routes.ts'
import { createSealCommands, type SealCommands } from './devices/commands.ts'
import type { FrameLedger } from './devices/devices.ts'
import { journeyRoutes } from './journey-routes.ts'
import type { SealPlacesOfChart } from './places.ts'
import { planningRoutes } from './planning-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { sealRoutes } from './seal-routes.ts'
import { type By, createSeals, type Seals } from './seals.ts'
import { rowOf } from './view.ts'

export interface StartSealsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly ledger: FrameLedger
  readonly places: SealPlacesOfChart
  readonly sink: FindingSink
  readonly http: Http
  readonly access: Access
  /** The live line, once there are screens. */
  live(): Live | undefined
  organisationsAt(lat: number, lon: number): readonly string[]
  /** Photos are kept where those of incidents are; are these there, of this journey? */
  arePhotosOf(ids: readonly string[], journey: string): boolean
  /** One-time passwords are worked out from it; made where it is not there. */
  readonly keyFile: string
}

export interface RunningSeals extends Seals {
  readonly commands: SealCommands
}

export function startSeals(options: StartSealsOptions): RunningSeals {
  const { store, clock, log, http, access, live } = options
  let commands: SealCommands | undefined
  const seals = createSeals({
    store,
    clock,
    log,
    ledger: options.ledger,
    places: options.places,
    sink: options.sink,
    onJourney: (plan, standing) =>
      live()?.announce(
        { kind: 'journey', journey: rowOf(plan, standing, id => seals.seal(id)) },
        { deed: 'journeys.look', organisations: plan.organisations },
        'gathered',
      ),
    onUnknown: ({ id, protocol }) => live()?.announce({ kind: 'seal-found', id, protocol }, { deed: 'seals.look', organisations: [] }),
    onHeard: (protocol, deviceId, report) => commands?.heard(protocol, deviceId, report),
  })
  const guard = createCommandGuard(seals, clock, options.places.isIn)
  commands = createSealCommands({
    store,
    clock,
    // What opens a seal is not handed to one of two who say they are it: it waits.
    send: (protocol, deviceId, bytes, opens) =>
      !(opens && seals.devices.isDoubled(protocol, deviceId)) && seals.devices.send(protocol, deviceId, bytes),
    houseKey: boxKey(options.keyFile),
    hindranceOf: command => guard.hindranceOf(command)?.code,
    trailOf: ({ id, seal, kind, state, note }) =>
      auditStatement({
        atMs: clock.now(),
        who: 'mangru',
        deed: `seals.command-${state}`,
        thing: seal,
        note: [kind, id, note].filter(Boolean).join(' '),
      }),
    onChange(command) {
      const seal = seals.seal(command.seal)
      const organisation = seal?.organisation
      // It is missed by what it does now, not by what it did.
      if (seal && command.kind === 'set-interval' && command.state === 'acknowledged' && command.intervalS !== undefined)
        void seals
          .saveSeals([{ ...seal, reportEveryS: command.intervalS }], { who: 'mangru' }, 'seals.interval')
          .catch(() => log.error(`the report interval of ${command.seal} could not be written`))
      live()?.announce(
        { kind: 'seal-command', command },
        { deed: 'seals.look', organisations: organisation === undefined ? [] : [organisation] },
      )
    },
  })
  const routes = {
    http,
    seals,
    commands,
    guard,
    clock,
    grantOf: access.grantOf,
    nameOf: (person: string) => access.people.personById(person)?.name,
    isOrganisation: (id: string) => access.organisations().get(id) !== undefined,
    organisationsAt: options.organisationsAt,
    arePhotosOf: options.arePhotosOf,
    corridorBetween: (origin: string, destination: string) =>
      seals.open().find(({ plan }) => plan.origin.name === origin && plan.destination.name === destination && plan.corridor.line.length > 2)
        ?.plan.corridor,
    store,
    isIn: options.places.isIn,
    outlineOf: options.places.outlineOf,
    audited: (by: By, deed: string, thing: string, note: string) => auditStatement({ atMs: clock.now(), ...by, deed, thing, note }),
  }
  journeyRoutes(routes)
  planningRoutes(routes)
  sealRoutes(routes)
  commandRoutes(routes)
  reportRoutes(routes)
  return {
    ...seals,
    commands,
    async close() {
      commands?.close()
      await seals.close()
    },
  }
}
