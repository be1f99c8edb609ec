import type { CapMessageType } from '@vigie/contracts/cap';
import type { Board, Incident, IncidentKind } from '@vigie/contracts/evacuation';

/** Time between two updates, so that a count that changes each second does not flood the receivers. */
const updateEveryMs = 60_000;

/** What of an incident stands in its messages: an update is due when it changed. */
export type CapFacts = Pick<Board['totals'], 'peopleMin' | 'peopleMax' | 'roomsUnknown'> & {
  kind: IncidentKind;
};

/** A message that was sent, as later ones refer to it. */
export interface SentCap {
  identifier: string;
  type: CapMessageType;
  /** As it stands in the message. */
  sent: string;
  sentAt: string;
  facts: CapFacts;
}

/** Who speaks, and about where. `sender`: without spaces, commas, `<` and `&`. */
export interface CapPlace {
  sender: string;
  town: string;
  timeZone: string;
  publicUrl: string;
  address: string;
}

/** A message to be written. `sent` oldest first. */
export interface CapDraft {
  incident: Incident;
  type: CapMessageType;
  facts: CapFacts;
  sent: readonly SentCap[];
  now: Date;
  endReason: string;
  place: CapPlace;
}

/** An element's children in the order of the schema; arrays repeat their element; `undefined` is left out. */
export interface CapElement {
  [name: string]: string | CapElement | readonly CapElement[] | undefined;
}

/**
 * The message that an incident needs now, if any: `Alert` first, `Update` when what it says has changed (at once for a
 * graver kind, else after a minute), `Cancel` at the end.
 */
export function capDue(
  incident: Incident,
  facts: CapFacts,
  { last, now }: { last: SentCap | undefined; now: Date },
): CapMessageType | undefined {
  if (incident.endedAt) return last && last.type !== 'Cancel' ? 'Cancel' : undefined;
  if (!last) return 'Alert';
  if (facts.kind !== last.facts.kind) return 'Update';
  const isOld = now.getTime() - Date.parse(last.sentAt) >= updateEveryMs;
  return isOld && factsText(facts) !== factsText(last.facts) ? 'Update' : undefined;
}

const factsText = ({ kind, peopleMin, peopleMax, roomsUnknown }: CapFacts): string =>
  [kind, peopleMin, peopleMax, roomsUnknown].join();

/** Names a message once for ever: no spaces, commas, `<` or `&`. */
export const capIdentifier = (incidentId: string, n: number): string => `vigie-${incidentId}-${n}`;

/**
 * Date and time in the zone (IANA name) with its offset; UTC is `-00:00`, never `Z`.
 * Source: CAP 1.2, clause 3.3.2.
 */
export function capTime(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? '';
  const east = of('timeZoneName').replace(/^(GMT|UTC)/, '');
  const offset = east === '' || east === '+00:00' ? '-00:00' : east;
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}${offset}`;
}

/** Source: CAP 1.2, clause 3.2.1: `Exercise` and `Test` ask nobody to act. */
const statusOf = { fire: 'Actual', drill: 'Exercise', test: 'Test' } as const;

/**
 * The `alert` element. It tells what the system saw, never that a place is safe: the end of an incident is a `Cancel`, not an
 * all-clear.
 * Source: OASIS Common Alerting Protocol 1.2, clause 3.2.
 */
export function capAlert({ incident, type, sent, now, place, ...rest }: CapDraft): CapElement {
  const status = statusOf[incident.kind];
  const references = sent.map((one) => `${place.sender},${one.identifier},${one.sent}`).join(' ');
  return {
    identifier: capIdentifier(incident.id, sent.length + 1),
    sender: place.sender,
    sent: capTime(now, place.timeZone),
    status,
    msgType: type,
    scope: 'Restricted',
    restriction: 'Emergency services and evacuation team',
    note: noteOf(status, type, rest.endReason),
    references: references || undefined,
    incidents: incident.id,
    info:
      type === 'Cancel'
        ? undefined
        : (['fr', 'en'] as const).map((language) =>
            infoOf({ incident, facts: rest.facts, place }, language),
          ),
  };
}

function noteOf(status: string, type: CapMessageType, endReason: string): string | undefined {
  const notes = [
    status === 'Exercise' && 'Exercice, pas de danger réel. Drill, no real emergency.',
    status === 'Test' && 'Essai technique, à ignorer. Technical test, disregard.',
    type === 'Cancel' && `Incident terminé / ended: ${plain(endReason)}`,
  ];
  return notes.filter(Boolean).join(' ') || undefined;
}

function infoOf(
  { incident, facts, place }: Pick<CapDraft, 'incident' | 'facts' | 'place'>,
  language: 'fr' | 'en',
): CapElement {
  const words = wordsIn[language];
  const building = plain(incident.buildingName);
  return {
    language: language === 'fr' ? 'fr-FR' : 'en-GB',
    category: incident.kind === 'fire' ? 'Fire' : 'Safety',
    event: words.event[incident.kind],
    responseType: 'Evacuate',
    urgency: 'Immediate',
    severity: 'Severe',
    certainty: 'Observed',
    onset: capTime(new Date(incident.startedAt), place.timeZone),
    senderName: plain(place.town),
    headline: `${words.event[incident.kind]}${words.colon}${building}`,
    description: words.seen(facts),
    web: `${place.publicUrl}/incidents/${encodeURIComponent(incident.id)}`,
    parameter: [
      { valueName: 'peopleMin', value: String(facts.peopleMin) },
      {
        valueName: 'peopleMax',
        value: facts.peopleMax === null ? 'unknown' : String(facts.peopleMax),
      },
      { valueName: 'roomsUnknown', value: String(facts.roomsUnknown) },
    ],
    area: { areaDesc: [building, plain(place.address)].filter(Boolean).join(', ') },
  };
}

const wordsIn = {
  fr: {
    colon: ' : ',
    event: { fire: 'Alarme incendie', drill: 'Exercice d’évacuation', test: 'Essai d’alarme' },
    seen: ({ peopleMin, peopleMax, roomsUnknown }: CapFacts) =>
      `Personnes vues à l’intérieur : au moins ${peopleMin}, au plus ${peopleMax ?? 'inconnu'}. Pièces inconnues : ${roomsUnknown}. Compter n’est pas vérifier.`,
  },
  en: {
    colon: ': ',
    event: { fire: 'Fire alarm', drill: 'Evacuation drill', test: 'Alarm test' },
    seen: ({ peopleMin, peopleMax, roomsUnknown }: CapFacts) =>
      `People seen inside: at least ${peopleMin}, at most ${peopleMax ?? 'unknown'}. Rooms unknown: ${roomsUnknown}. A count is no check.`,
  },
};

/** Without what XML 1.0 cannot hold. Source: XML 1.0, production 2. */
const plain = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');
