// Where the telephone is, followed while the box is open: a deed is kept at once and does not wait for a satellite.
export interface Here {
  readonly lat: number
  readonly lon: number
}
const OLD_MS = 60_000

/** Calls with each place the telephone tells; hands back what stops it. Says nothing where the officer or the browser does not. */
export function followHere(onPlace: (here: Here) => void): () => void {
  if (!('geolocation' in navigator)) return () => undefined
  const id = navigator.geolocation.watchPosition(
    ({ coords }) => onPlace({ lat: coords.latitude, lon: coords.longitude }),
    () => undefined,
    { enableHighAccuracy: true, maximumAge: OLD_MS },
  )
  return () => navigator.geolocation.clearWatch(id)
}
