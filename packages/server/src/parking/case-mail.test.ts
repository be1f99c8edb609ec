import { CaseNotice } from '@vigie/contracts/case-notice';
import { Space, Zone } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { type CaseFacts, noticeOf } from './case-facts.ts';
import { caseMail } from './case-mail.ts';
import { caseSms } from './case-sms.ts';

const facts: CaseFacts = {
  caseId: 'c1',
  number: 12,
  zone: Zone.parse({
    id: 'street',
    name: 'Rue <des> Lilas',
    allowedDays: 7,
    legalBasis: 'Code de la route R417-12',
  }),
  space: Space.parse({
    id: 's4',
    zoneId: 'street',
    label: 'A4',
    address: '4 rue des Lilas',
    latitude: 48.92,
    longitude: 2.4487654,
  }),
  since: new Date('2026-03-02T09:15:00Z'),
  days: 8,
  colour: '#000000',
  link: 'https://vigie.example/cases/c1',
};
const everything: CaseFacts = {
  ...facts,
  sinceBy: 'receipt',
  sinceUncertaintyMs: 119_000,
  gaps: [
    { from: new Date('2026-03-05T01:00:00Z'), until: new Date('2026-03-05T03:30:00Z') },
    { from: new Date('2026-03-10T06:00:00Z'), until: null },
  ],
  sensor: { lastHeardAt: new Date('2026-03-10T06:00:00Z'), batteryPercent: 62 },
};
const notice = (from: CaseFacts, kind: CaseNotice['kind'] = 'opened') =>
  noticeOf(from, { id: `case-c1-${kind}`, kind });

describe('the mail of a case', () => {
  it.each([
    ['the address', /Adresse : 4 rue des Lilas/],
    ['the space', /Place : A4 \(Rue <des> Lilas\)/],
    ['the position', /Position \(WGS84\) : 48\.92000, 2\.44877/],
    ['the arrival in the zone’s time', /Arrivée : lundi 2 mars 2026 à 10:15/],
    ['how exact that is', /à 2 min près, heure de réception.* l’arrivée peut être antérieure/],
    ['the days', /Durée : jour 8, pour 7 autorisés/],
    [
      'the silences',
      /jeudi 5 mars 2026 à 02:00 – jeudi 5 mars 2026 à 04:30; .* – toujours en cours/,
    ],
    ['the sensor’s health', /État du capteur : dernier message le mardi .*, batterie 62 %/],
    ['the colour in words and numbers', /Couleur : noir \(#000000\)/],
    ['threshold and legal basis', /Seuil : 7 jours, Code de la route R417-12/],
    ['what is asked', /vérifier si le véhicule est signalé volé, puis d’aller voir/],
    ['the link', /Dossier : https:\/\/vigie\.example\/cases\/c1/],
    ['what it is worth', /un indice ; l’infraction est constatée par un agent/],
    ['the English', /Arrival: Monday,? 2 March 2026 at 10:15, give or take 2 min/],
    ['the English colour', /Colour: black \(#000000\)/],
  ])('says %s', (_name, words) => {
    expect(caseMail(notice(everything), undefined).text).toMatch(words);
  });

  it('speaks of nothing that is not known', () => {
    const { text } = caseMail(notice({ ...facts, link: null }), 'fr');
    expect(text).not.toMatch(/Silences|État du capteur|près|null|undefined|Dossier :/);
  });

  it('says that there was no silence when that is known', () => {
    expect(caseMail(notice({ ...facts, gaps: [] }), 'en').text).toMatch(/Silences.*: none/);
  });

  it.each([
    ['fr', 'lang="fr"', 'lang="en"'],
    ['en', 'lang="en"', 'lang="fr"'],
  ] as const)('is in %s alone for who wants that', (language, there, absent) => {
    const { html } = caseMail(notice(facts), language);
    expect(html).toContain(there);
    expect(html).not.toContain(absent);
  });

  it('lets no name become markup', () => {
    const { html } = caseMail(notice(facts), undefined);
    expect(html).toContain('Rue &lt;des&gt; Lilas');
    expect(html).toContain('<a href="https://vigie.example/cases/c1"');
  });

  it.each([
    ['opened', /dossier 12 : place A4 occupée depuis plus de 7 jours \/ space A4 taken/],
    ['reminder', /rappel, place A4 toujours occupée/],
    ['escalated', /à votre tour, place A4/],
    ['gone', /place A4 libérée \/ space A4 free again/],
  ] as const)('of the kind %s has a subject of its own', (kind, subject) => {
    expect(caseMail(notice(facts, kind), undefined).subject).toMatch(subject);
  });

  it('asks nobody to go when the car has left', () => {
    expect(caseMail(notice(facts, 'gone'), undefined).text).not.toMatch(/aller voir|go and look/);
  });
});

describe('the notice of a case', () => {
  it.each([facts, everything])('is what its contract says', (from) => {
    expect(CaseNotice.parse(notice(from))).toEqual(notice(from));
  });
});

describe('the short message of a case', () => {
  it.each([
    ['opened', 'fr', 'Jour 8/7. Vérifier si volé, aller voir.'],
    ['reminder', 'fr', 'Rappel, jour 8/7. Vérifier si volé, aller voir.'],
    ['escalated', 'en', 'No answer, now yours. Day 8/7. Check if stolen, go and look.'],
    ['gone', 'en', 'Space free again, no need to go.'],
  ] as const)('of the kind %s says it in one part in %s', (kind, language, words) => {
    const text = caseSms(notice(facts, kind), language);
    expect(text).toContain(words);
    expect(text).toContain('A4, 4 rue des Lilas');
    expect(text).toContain('https://vigie.example/cases/c1');
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toMatch(/^[\w\s.,:/'#éèàùì?!-]+$/);
  });
});
