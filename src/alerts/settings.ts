// Settings of the room: for src/settings.ts, without opening the room's other door.
export { TELLING_SETTINGS } from './telling/settings.ts'
