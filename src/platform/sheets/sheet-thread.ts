// The thread that writes one XLSX file: ten thousand rows take seconds, and the picture of the sea does not wait.
import { parentPort, workerData } from 'node:worker_threads'
import { writeTables } from './write.ts'

parentPort?.postMessage(await writeTables(workerData.tables, workerData.above))
