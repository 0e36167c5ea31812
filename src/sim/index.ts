// sim: simulated ships that speak real AIS over real sockets.
export { demoAreas } from './areas.ts'
export { demoWatched } from './day.ts'
export { createAisSimulator, type Simulator, type SimulatorOptions, STATIONS } from './simulator.ts'
