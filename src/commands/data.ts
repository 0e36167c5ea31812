// Where the data folder is: --data, else MANGRU_DATA, else ./data.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandFailure } from './command.ts'

export const dataDirectory = (given: string | undefined): string => resolve(given ?? process.env.MANGRU_DATA ?? './data')

/** For commands that only read: the folder must be there. */
export function existingDataDirectory(given: string | undefined): string {
  const directory = dataDirectory(given)
  if (!existsSync(directory))
    throw new CommandFailure(`there is no data folder ${directory}; name it with --data, or start the product first`)
  return directory
}
