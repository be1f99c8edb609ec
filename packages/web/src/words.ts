import { errorWords, faceWords } from './face/words.ts';
import { accountsWords } from './features/accounts/index.ts';
import { alarmWords } from './features/alarm/index.ts';
import { auditWords } from './features/audit/index.ts';
import { camerasWords } from './features/cameras/index.ts';
import { casesWords } from './features/cases/index.ts';
import { citizenWords } from './features/citizen/index.ts';
import { commissioningWords } from './features/commissioning/index.ts';
import { demoWords } from './features/demo/index.ts';
import { devicesWords } from './features/devices/index.ts';
import { directoryWords } from './features/directory/index.ts';
import { displayWords } from './features/display/index.ts';
import { drillsWords } from './features/drills/index.ts';
import { floorsWords } from './features/floors/index.ts';
import { incidentsWords } from './features/incidents/index.ts';
import { inputsWords } from './features/inputs/index.ts';
import { messagesWords } from './features/messages/index.ts';
import { modelsWords } from './features/models/index.ts';
import { overviewWords } from './features/overview/index.ts';
import { parkingWords } from './features/parking/index.ts';
import { peopleWords } from './features/people/index.ts';
import { phoneCameraWords } from './features/phone-camera/index.ts';
import { privacyWords } from './features/privacy/index.ts';
import { retentionWords } from './features/retention/index.ts';
import { roomsWords } from './features/rooms/index.ts';
import { statisticsWords } from './features/statistics/index.ts';
import { zonesWords } from './features/zones/index.ts';
import { shellWords } from './shell/words.ts';

const byFeature = {
  accounts: accountsWords,
  alarm: alarmWords,
  audit: auditWords,
  cameras: camerasWords,
  cases: casesWords,
  citizen: citizenWords,
  commissioning: commissioningWords,
  demo: demoWords,
  devices: devicesWords,
  directory: directoryWords,
  display: displayWords,
  drills: drillsWords,
  errors: errorWords,
  face: faceWords,
  floors: floorsWords,
  incidents: incidentsWords,
  inputs: inputsWords,
  messages: messagesWords,
  models: modelsWords,
  overview: overviewWords,
  parking: parkingWords,
  phoneCamera: phoneCameraWords,
  people: peopleWords,
  privacy: privacyWords,
  retention: retentionWords,
  rooms: roomsWords,
  shell: shellWords,
  statistics: statisticsWords,
  zones: zonesWords,
};

type French = { [Feature in keyof typeof byFeature]: (typeof byFeature)[Feature]['fr'] };

const inLanguage = (language: 'fr' | 'en') =>
  Object.fromEntries(
    Object.entries(byFeature).map(([feature, words]) => [feature, words[language]]),
  );

/** All texts, by language, then by feature. */
export const words = { fr: inLanguage('fr'), en: inLanguage('en') };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'face';
    keySeparator: false;
    resources: French;
  }
}
