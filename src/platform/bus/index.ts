export { type Bus, createBus, type Topic, topic } from './bus.ts'
