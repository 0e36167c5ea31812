// The lists of the forms, from the room's own schema.
export { GOODS_TYPES, INCIDENT_KINDS, INCIDENT_STATES, LINK_KINDS, OUTCOMES, PERSON_ROLES, URGENCIES } from '#incidents/schema.ts'
