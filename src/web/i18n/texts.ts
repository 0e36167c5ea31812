// All texts of the screen: the house's own and those of each room, which lie beside its components (texts.ko.json, texts.en.json). A room with texts adds its two
// lines here. Keys begin with the room's word, so that two rooms never share one (text.test.ts).
import accessEn from '../access/texts.en.json' with { type: 'json' }
import accessKo from '../access/texts.ko.json' with { type: 'json' }
import incidentsEn from '../incidents/texts.en.json' with { type: 'json' }
import incidentsKo from '../incidents/texts.ko.json' with { type: 'json' }
import reportsEn from '../reports/texts.en.json' with { type: 'json' }
import reportsKo from '../reports/texts.ko.json' with { type: 'json' }
import sealsEn from '../seals/texts.en.json' with { type: 'json' }
import sealsKo from '../seals/texts.ko.json' with { type: 'json' }
import shiftsEn from '../shifts/texts.en.json' with { type: 'json' }
import shiftsKo from '../shifts/texts.ko.json' with { type: 'json' }
import signInEn from '../sign-in/texts.en.json' with { type: 'json' }
import signInKo from '../sign-in/texts.ko.json' with { type: 'json' }
import statisticsEn from '../statistics/texts.en.json' with { type: 'json' }
import statisticsKo from '../statistics/texts.ko.json' with { type: 'json' }
import tellingEn from '../telling/texts.en.json' with { type: 'json' }
import tellingKo from '../telling/texts.ko.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import ko from './ko.json' with { type: 'json' }

export const KO_PARTS = [ko, accessKo, incidentsKo, reportsKo, sealsKo, shiftsKo, signInKo, statisticsKo, tellingKo] as const
export const EN_PARTS = [en, accessEn, incidentsEn, reportsEn, sealsEn, shiftsEn, signInEn, statisticsEn, tellingEn] as const

export const KO = { ...ko, ...accessKo, ...incidentsKo, ...reportsKo, ...sealsKo, ...shiftsKo, ...signInKo, ...statisticsKo, ...tellingKo }
export const EN: Readonly<Record<keyof typeof KO, string>> = {
  ...en,
  ...accessEn,
  ...incidentsEn,
  ...reportsEn,
  ...sealsEn,
  ...shiftsEn,
  ...signInEn,
  ...statisticsEn,
  ...tellingEn,
}
