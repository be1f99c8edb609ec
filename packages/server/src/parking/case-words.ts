import type { CaseNotice } from '@vigie/contracts/case-notice';
import type { Language } from '@vigie/contracts/recipients';

/** One message in one language. */
export interface CaseText {
  /** After the case's number. */
  subject: string;
  /** What happened, and what is asked; the first sentence says it all. */
  sentences: string[];
  /** What is known, in the order in which an officer needs it. */
  facts: { label: string; value: string }[];
  /** What the reading of a sensor is worth. */
  hint: string;
}

/** All that is said about a case, in a language. */
export const caseText = (notice: CaseNotice, language: Language): CaseText => {
  const moment = momentsIn(language, notice.zone.timeZone);
  return language === 'fr' ? frenchText(notice, moment) : englishText(notice, moment);
};

type Moments = (at: string) => string;

function frenchText(notice: CaseNotice, moment: Moments): CaseText {
  const { kind, space, zone, days } = notice;
  const place = `La place ${space.label} (${zone.name})`;
  const taken = `${place} est occupée sans interruption constatée depuis le ${moment(notice.since)}.`;
  const ask = [
    'Merci de vérifier si le véhicule est signalé volé, puis d’aller voir sur place.',
    'Prenez le dossier en compte par le lien ci-dessous : les rappels cessent alors.',
  ];
  const day = `Jour ${days}, pour ${zone.allowedDays} autorisés : la borne est au noir.`;
  const byKind = {
    opened: {
      subject: `place ${space.label} occupée depuis plus de ${zone.allowedDays} jours`,
      sentences: [taken, day, ...ask],
    },
    reminder: {
      subject: `rappel, place ${space.label} toujours occupée`,
      sentences: [`Personne n’a encore pris ce dossier en compte. ${taken}`, day, ...ask],
    },
    escalated: {
      subject: `à votre tour, place ${space.label} toujours occupée`,
      sentences: [
        `Le destinataire précédent n’a pas pris ce dossier en compte : il vous est transmis. ${taken}`,
        day,
        ...ask,
      ],
    },
    gone: {
      subject: `place ${space.label} libérée`,
      sentences: [`${place} est de nouveau libre. Il n’est plus nécessaire de s’y rendre.`],
    },
  };
  return {
    ...byKind[kind],
    facts: factsOf(notice, { language: 'fr', words: french, moment }),
    hint: 'Ce relevé de capteur est un indice ; l’infraction est constatée par un agent.',
  };
}

function englishText(notice: CaseNotice, moment: Moments): CaseText {
  const { kind, space, zone, days } = notice;
  const place = `Space ${space.label} (${zone.name})`;
  const taken = `${place} has been taken without a known break since ${moment(notice.since)}.`;
  const ask = [
    'Please check whether the vehicle is reported stolen, then go and look.',
    'Acknowledge the case by the link below: reminders stop then.',
  ];
  const day = `Day ${days} of ${zone.allowedDays} allowed: the bollard is black.`;
  const byKind = {
    opened: {
      subject: `space ${space.label} taken for more than ${zone.allowedDays} days`,
      sentences: [taken, day, ...ask],
    },
    reminder: {
      subject: `reminder, space ${space.label} still taken`,
      sentences: [`Nobody has acknowledged this case yet. ${taken}`, day, ...ask],
    },
    escalated: {
      subject: `now with you, space ${space.label} still taken`,
      sentences: [
        `The recipient before you has not acknowledged this case: it is passed on to you. ${taken}`,
        day,
        ...ask,
      ],
    },
    gone: {
      subject: `space ${space.label} free again`,
      sentences: [`${place} is free again. There is no need to go any more.`],
    },
  };
  return {
    ...byKind[kind],
    facts: factsOf(notice, { language: 'en', words: english, moment }),
    hint: 'A sensor reading is a hint; an officer establishes the offence.',
  };
}

/** Labels and short phrases of the facts. */
interface Words {
  place: string;
  space: string;
  position: string;
  arrival: string;
  exact: (minutes: number) => string;
  by: { device: string; receipt: string };
  days: string;
  day: (day: number, allowed: number) => string;
  colour: string;
  threshold: string;
  allowed: (days: number) => string;
  gaps: string;
  noGaps: string;
  still: string;
  sensor: string;
  heard: (at: string) => string;
  neverHeard: string;
  battery: (percent: number) => string;
  link: string;
}

const french: Words = {
  place: 'Adresse',
  space: 'Place',
  position: 'Position (WGS84)',
  arrival: 'Arrivée',
  exact: (minutes) => `à ${minutes} min près`,
  by: {
    device: 'heure de la borne',
    receipt:
      'heure de réception, l’horloge de la borne étant fausse : l’arrivée peut être antérieure',
  },
  days: 'Durée',
  day: (day, allowed) => `jour ${day}, pour ${allowed} autorisés`,
  colour: 'Couleur',
  threshold: 'Seuil',
  allowed: (days) => `${days} jours`,
  gaps: 'Silences du capteur',
  noGaps: 'aucun',
  still: 'toujours en cours',
  sensor: 'État du capteur',
  heard: (at) => `dernier message le ${at}`,
  neverHeard: 'jamais entendu',
  battery: (percent) => `batterie ${percent} %`,
  link: 'Dossier',
};

const english: Words = {
  place: 'Address',
  space: 'Space',
  position: 'Position (WGS84)',
  arrival: 'Arrival',
  exact: (minutes) => `give or take ${minutes} min`,
  by: {
    device: 'by the bollard’s clock',
    receipt: 'time of receipt, since the bollard’s clock was wrong: the arrival may be earlier',
  },
  days: 'Duration',
  day: (day, allowed) => `day ${day} of ${allowed} allowed`,
  colour: 'Colour',
  threshold: 'Threshold',
  allowed: (days) => `${days} days`,
  gaps: 'Silences of the sensor',
  noGaps: 'none',
  still: 'not over',
  sensor: 'Sensor',
  heard: (at) => `last heard on ${at}`,
  neverHeard: 'never heard',
  battery: (percent) => `battery ${percent} %`,
  link: 'Case',
};

interface Telling {
  language: Language;
  words: Words;
  moment: Moments;
}

function factsOf(notice: CaseNotice, telling: Telling): CaseText['facts'] {
  const { space, zone, days } = notice;
  const { language, words } = telling;
  const rows: [label: string, value: string][] = [
    [words.place, space.address],
    [words.space, `${space.label} (${zone.name})`],
    [words.position, positionOf(space)],
    [words.arrival, arrivalOf(notice, telling)],
    [words.days, words.day(days, zone.allowedDays)],
    [words.gaps, gapsOf(notice, telling)],
    [words.sensor, sensorOf(notice, telling)],
    [words.colour, `${notice.colourName[language]} (${notice.colour})`],
    [
      words.threshold,
      [words.allowed(zone.allowedDays), zone.legalBasis].filter(Boolean).join(', '),
    ],
    [words.link, notice.link ?? ''],
  ];
  return rows.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
}

const positionOf = ({ latitude, longitude }: CaseNotice['space']): string =>
  latitude === null || longitude === null ? '' : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

function arrivalOf(notice: CaseNotice, { words, moment }: Telling): string {
  const { since, sinceBy, sinceUncertaintySeconds } = notice;
  const parts = [
    moment(since),
    sinceUncertaintySeconds === null ? '' : words.exact(Math.ceil(sinceUncertaintySeconds / 60)),
    sinceBy ? words.by[sinceBy] : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function gapsOf({ gaps }: CaseNotice, { words, moment }: Telling): string {
  if (!gaps) return '';
  const spans = gaps.map(
    ({ from, until }) => `${moment(from)} – ${until ? moment(until) : words.still}`,
  );
  return spans.join('; ') || words.noGaps;
}

function sensorOf({ sensor }: CaseNotice, { words, moment }: Telling): string {
  if (!sensor) return '';
  const { lastHeardAt, batteryPercent } = sensor;
  const heard = lastHeardAt ? words.heard(moment(lastHeardAt)) : words.neverHeard;
  return batteryPercent === null ? heard : `${heard}, ${words.battery(batteryPercent)}`;
}

const locales = { fr: 'fr-FR', en: 'en-GB' };

function momentsIn(language: Language, timeZone: string): Moments {
  const format = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  });
  return (at) => format.format(new Date(at));
}
