// Test table: the names that an open server's tests give to what devices say, and ours for the same. Values are the same unless a row converts them.
import type { SealEvent } from '#seals/protocols/index.ts'

/** Source name → where it stands in our report (one of several places); `#` stands for a number in the name. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'adc#': ['adcV.#', 'adc.#'],
  'fuel#': ['fuels.#'],
  'humidity#': ['humidityPercents.#'],
  'lock#Battery': ['locks.#-1.batteryV', 'locks.#-1.batteryPercent'],
  'lock#Card': ['locks.#-1.card'],
  'lock#Id': ['locks.#-1.id'],
  'lock#Locked': ['locks.#-1.locked'],
  'lock#Seal': ['locks.#-1.sealed'],
  'tag#Battery': ['tags.#-1.batteryV', 'tags.#-1.batteryPercent'],
  'tag#Humidity': ['tags.#-1.humidityPercent'],
  'tag#Id': ['tags.#-1.id'],
  'tag#Mac': ['tags.#-1.mac'],
  'tag#Temp': ['tags.#-1.temperatureC'],
  'temp#': ['temperaturesC.#', 'sensor.temperatureC'],
  'tire#Pressure': ['tires.#.pressure'],
  accessoryVoltage: ['accessory.batteryV'],
  alarmLabel: ['alarmLabel'],
  battery: ['batteryV'],
  batteryLevel: ['batteryPercent'],
  card: ['card'],
  cardCode: ['card'],
  charge: ['status.charging'],
  data: ['data'],
  deviceTemp: ['deviceC'],
  door: ['status.doorOpen'],
  driver: ['driver'],
  driverUniqueId: ['driverId', 'card'],
  dtcs: ['dtcs'],
  event: ['event'],
  fuelUsed: ['obd.fuelUsed'],
  iccid: ['iccid'],
  ignition: ['status.ignition'],
  imei: ['imei'],
  input: ['input'],
  lock: ['status.locked'],
  logisticsLock: ['logisticsLock'],
  lockCommand: ['lockCommand'],
  motion: ['status.moving'],
  power: ['powerV'],
  result: ['text'],
  rpm: ['obd.rpm'],
  satellites: ['satellites'],
  steps: ['steps'],
  tagBattery: ['tag.batteryPercent'],
  tagHumidity: ['tag.humidityPercent'],
  tagName: ['tag.name'],
  tagTemp: ['tag.temperatureC'],
  tilt: ['tilt'],
  timezone: ['timezone'],
  unlockResult: ['unlockResult'],
  videoAlarm: ['videoAlarm'],
  warningType: ['warningType'],
}

/** Alarms of the source → events of ours. */
const ALARMS: Readonly<Record<string, SealEvent>> = {
  accident: 'accident',
  door: 'door',
  fault: 'fault',
  hardAcceleration: 'harsh-acceleration',
  hardBraking: 'harsh-braking',
  hardCornering: 'harsh-cornering',
  lowBattery: 'low-battery',
  movement: 'moved',
  powerOff: 'power-off',
  powerOn: 'power-on',
  removing: 'removed',
  sos: 'sos',
  tampering: 'shell-tampered',
  vibration: 'vibration',
}

export interface OurAttribute {
  readonly paths: readonly string[]
  matches(value: unknown): boolean
}

/** The same value, a list also as the text `[1,2,3]` in which the source writes it. */
function isSame(found: unknown, wanted: unknown): boolean {
  if (typeof found === 'number' && typeof wanted === 'number') return Math.abs(found - wanted) < 1e-9
  return found === wanted || (Array.isArray(found) && JSON.stringify(found) === wanted)
}

/** Where an attribute of the source stands with us; undefined where the table does not know it. */
export function attributeOf(name: string, value: unknown): OurAttribute | undefined {
  if (name === 'alarm') {
    const events = String(value)
      .split(',')
      .map(alarm => ALARMS[alarm])
    if (events.includes(undefined)) return undefined
    return { paths: ['events'], matches: found => Array.isArray(found) && events.every(event => found.includes(event)) }
  }
  const [number] = /\d+/.exec(name) ?? []
  const paths = NAMES[name] ?? NAMES[name.replace(/\d+/, '#')]
  const numbered = paths?.map(path => path.replace('#-1', String(Number(number) - 1)).replace('#', number ?? ''))
  return numbered && { paths: numbered, matches: found => isSame(found, value) }
}
