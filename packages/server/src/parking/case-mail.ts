import type { Space, Zone } from '@vigie/contracts/parking';

/** What the police station is told. Times are shown in the zone's time zone. */
export interface CaseFacts {
  number: number;
  space: Space;
  zone: Zone;
  since: Date;
  days: number;
  colour: string;
  link: string | null;
}

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** The request to go and look, French then English, plain and HTML. No plate, no picture: there are none. */
export function caseOpenedMail(facts: CaseFacts): MailText {
  const { number, space, zone, since, days } = facts;
  const subject = `Vigie, dossier ${number} : place ${space.label} occupée depuis plus de ${zone.allowedDays} jours / overstay`;
  return mailOf(subject, [
    `La place ${space.label} (${zone.name}) est occupée sans interruption depuis le ${shown(since, zone, 'fr')}.`,
    `Jour ${days}, pour ${zone.allowedDays} autorisés : la borne est passée au noir.`,
    'Merci de vérifier si le véhicule est signalé volé, puis de vous rendre sur place.',
    'Ce relevé de capteur est un indice ; l’infraction est constatée par un agent.',
    '',
    `Space ${space.label} (${zone.name}) has been taken without a break since ${shown(since, zone, 'en')}.`,
    `Day ${days} of ${zone.allowedDays} allowed: the bollard has turned black.`,
    'Please check whether the vehicle is reported stolen, then go and look.',
    'A sensor reading is a hint; an officer establishes the offence.',
    '',
    ...placeLines(facts),
  ]);
}

/** Saves a trip: the car left before anybody came. */
export function caseGoneMail(facts: CaseFacts): MailText {
  const { number, space, zone } = facts;
  return mailOf(`Vigie, dossier ${number} : place ${space.label} libérée / space free again`, [
    `La place ${space.label} (${zone.name}) est de nouveau libre. Il n’est plus nécessaire de s’y rendre.`,
    '',
    `Space ${space.label} (${zone.name}) is free again. There is no need to go any more.`,
    '',
    ...placeLines(facts),
  ]);
}

function placeLines({ space, zone, colour, link }: CaseFacts): string[] {
  const lines = [
    space.address && `Adresse / address : ${space.address}`,
    space.latitude !== null &&
      space.longitude !== null &&
      `WGS84 : ${space.latitude.toFixed(5)}, ${space.longitude.toFixed(5)}`,
    `Couleur / colour : ${colour}`,
    zone.legalBasis && `Base légale / legal basis : ${zone.legalBasis}`,
    link && `Dossier / case : ${link}`,
  ];
  return lines.filter((line): line is string => typeof line === 'string' && line !== '');
}

const shown = (moment: Date, zone: Zone, language: string): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: zone.timeZone,
  }).format(moment);

function mailOf(subject: string, lines: readonly string[]): MailText {
  const paragraphs = lines.map((line) => (line === '' ? '<hr>' : `<p>${escaped(line)}</p>`));
  return { subject, text: `${lines.join('\n')}\n`, html: paragraphs.join('\n') };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
