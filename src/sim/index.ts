// sim: simulated ships that speak real AIS over real sockets.
export { demoAreas } from './areas.ts'
export { demoWatched } from './day.ts'
export { createFleet, type Fleet } from './seals/fleet.ts'
export { type JourneysOptions, journeysOf, SCRIPTS, type Script, type SimJourney } from './seals/journeys.ts'
export { messageAt } from './seals/message.ts'
export { createAisSimulator, type Simulator, type SimulatorOptions, STATIONS } from './simulator.ts'
