import { Language } from '@vigie/contracts/recipients';
import type { DrillDue } from '@vigie/contracts/report';

/** What a planned drill is told with. */
export interface DrillFacts {
  buildingName: string;
  at: Date;
  startsItself: boolean;
  note: string;
  plannedBy: string;
}

/** What a mail about drills is written for. `link`: page of the drills. `timeZone`: IANA name. */
export interface DrillPlace {
  link: string;
  timeZone: string;
  months: number;
}

/** Why people are written to about a planned drill. */
export type DrillNews = 'ahead' | 'moved' | 'cancelled';

interface Words {
  news: Record<DrillNews, (building: string, when: string) => string>;
  byItself: string;
  byHand: string;
  note: (text: string) => string;
  plannedBy: (name: string) => string;
  due: (count: number) => string;
  rule: (months: number) => string;
  last: (date: string) => string;
  never: string;
}

const words: Record<Language, Words> = {
  fr: {
    news: {
      ahead: (building, when) => `Exercice d’évacuation à ${building} : ${when}`,
      moved: (building, when) => `Exercice d’évacuation à ${building} déplacé : ${when}`,
      cancelled: (building, when) => `Exercice d’évacuation à ${building} annulé (${when})`,
    },
    byItself: 'Il commence de lui-même à cette heure.',
    byHand: 'Une personne le déclenche à cette heure.',
    note: (text) => `Pour les observateurs : ${text}`,
    plannedBy: (name) => `Prévu par ${name}.`,
    due: (count) =>
      count === 1
        ? 'Un bâtiment attend son exercice d’évacuation'
        : `${count} bâtiments attendent leur exercice d’évacuation`,
    rule: (months) =>
      `Au moins un exercice tous les ${months} mois (Code du travail, R4227-39 : six mois).`,
    last: (date) => `dernier exercice le ${date}`,
    never: 'aucun exercice connu',
  },
  en: {
    news: {
      ahead: (building, when) => `Evacuation drill at ${building}: ${when}`,
      moved: (building, when) => `Evacuation drill at ${building} moved: ${when}`,
      cancelled: (building, when) => `Evacuation drill at ${building} cancelled (${when})`,
    },
    byItself: 'It begins by itself at this hour.',
    byHand: 'A person starts it at this hour.',
    note: (text) => `For observers: ${text}`,
    plannedBy: (name) => `Planned by ${name}.`,
    due: (count) =>
      count === 1
        ? 'A building waits for its evacuation drill'
        : `${count} buildings wait for their evacuation drill`,
    rule: (months) =>
      `At least one drill every ${months} months (Code du travail, R4227-39: six months).`,
    last: (date) => `last drill on ${date}`,
    never: 'no drill known',
  },
};

/** Subject and text in French, then English. */
export function drillMail(news: DrillNews, facts: DrillFacts, place: DrillPlace) {
  return inBoth((language) => {
    const { news: subjects, ...say } = words[language];
    const subject = subjects[news](facts.buildingName, whenText(facts.at, language, place));
    const how = facts.startsItself ? say.byItself : say.byHand;
    const lines = news === 'cancelled' ? [] : [how, ...(facts.note ? [say.note(facts.note)] : [])];
    return { subject, lines: [...lines, say.plannedBy(facts.plannedBy), place.link] };
  });
}

/** The reminder of buildings that wait for a drill; French, then English. */
export function drillsDueMail(drills: readonly DrillDue[], place: DrillPlace) {
  return inBoth((language) => {
    const say = words[language];
    const lines = drills.map(({ buildingName, lastDrillAt }) => {
      const last = lastDrillAt && say.last(dateText(new Date(lastDrillAt), language, place));
      return `- ${buildingName}, ${last ?? say.never}`;
    });
    return {
      subject: say.due(drills.length),
      lines: [...lines, say.rule(place.months), place.link],
    };
  });
}

function inBoth(write: (language: Language) => { subject: string; lines: string[] }) {
  const texts = Language.options.map(write);
  return {
    subject: `Vigie : ${texts.map(({ subject }) => subject).join(' / ')}`,
    text: `${texts.map(({ subject, lines }) => [`${subject}.`, ...lines].join('\n')).join('\n\n-- \n\n')}\n`,
  };
}

const whenText = (at: Date, language: Language, { timeZone }: DrillPlace): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  }).format(at);

const dateText = (at: Date, language: Language, { timeZone }: DrillPlace): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone,
  }).format(at);
