// sim: simulated ships that speak real AIS over real sockets, and sealed trucks whose devices speak their makers' protocols.
export { demoAreas, sealAreas } from './areas.ts'
export { demoWatched } from './day.ts'
export { createFleet, type Fleet } from './seals/fleet.ts'
export { devicesOf, isWithin, SCRIPTS, type Script, type SimDeed, type SimJourney } from './seals/journey.ts'
export { type JourneysOptions, journeysOf } from './seals/journeys.ts'
export { messageAt } from './seals/message.ts'
export { createRoughLine } from './seals/rough-line.ts'
export { createAisSimulator, type Simulator, type SimulatorOptions, STATIONS } from './simulator.ts'
