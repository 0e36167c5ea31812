// sim: simulated ships that speak real AIS over real sockets.
export const demoAreas = () => []
export const demoWatched = (_seed: number): number[] => []
