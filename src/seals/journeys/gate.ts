// Whose passage it is that a gate saw.
import type { GateEvent } from '../pass-contract.ts'
import { plainContainer, plainVehicle } from '../plan.ts'
import type { JourneyPlan } from '../schema.ts'
import type { JourneyNow } from './state.ts'

/** By seal, container or vehicle, as they are now: a seal or a truck may have been changed on the way. */
export function concerns({ seal, container, vehicle }: GateEvent, plan: JourneyPlan, now: Pick<JourneyNow, 'seals' | 'vehicle'>): boolean {
  if (container !== undefined && plainContainer(container) === plainContainer(plan.container)) return true
  if (seal !== undefined && now.seals.some(one => one.seal === seal)) return true
  return vehicle !== undefined && now.vehicle !== undefined && plainVehicle(vehicle) === plainVehicle(now.vehicle)
}
