// All messages of ITU-R M.1371-5, by type.
import {
  assignment,
  baseStation,
  channelManagement,
  dgnss,
  groupAssignment,
  interrogation,
  linkManagement,
  utcInquiry,
  utcResponse,
} from './base-station.ts'
import {
  addressedBinary,
  addressedSafety,
  binaryAcknowledge,
  broadcastBinary,
  multipleSlotBinary,
  safetyAcknowledge,
  safetyBroadcast,
  singleSlotBinary,
} from './binary-and-text.ts'
import type { Message } from './message.ts'
import { classBExtended, classBPosition, longRange, positionReports, searchAndRescueAircraft } from './position-reports.ts'
import { aidToNavigation, classBStatic, staticAndVoyage } from './static-data.ts'

export const MESSAGES: readonly Message[] = [
  ...positionReports,
  baseStation,
  staticAndVoyage,
  addressedBinary,
  binaryAcknowledge,
  broadcastBinary,
  searchAndRescueAircraft,
  utcInquiry,
  utcResponse,
  addressedSafety,
  safetyAcknowledge,
  safetyBroadcast,
  interrogation,
  assignment,
  dgnss,
  classBPosition,
  classBExtended,
  linkManagement,
  aidToNavigation,
  channelManagement,
  groupAssignment,
  classBStatic,
  singleSlotBinary,
  multipleSlotBinary,
  longRange,
]
