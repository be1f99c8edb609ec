import type { Incident, IncidentKind } from '@vigie/contracts/evacuation';
import { describe, expect, it } from 'vitest';
import { type CapDraft, type CapFacts, capAlert, capDue, capTime, type SentCap } from './cap.ts';
import { capFaults, capOf } from './cap-rules.fake.ts';
import { capXml } from './cap-xml.driver.ts';

const facts: CapFacts = { kind: 'fire', peopleMin: 3, peopleMax: 5, roomsUnknown: 0 };
const incidentOf = (kind: IncidentKind, more: Partial<Incident> = {}): Incident => ({
  id: '0f8fad5b-d9cb-469f-a165-70867728950e',
  buildingId: 'b',
  buildingName: 'Hôtel <de> ville & annexe',
  kind,
  origin: 'button',
  startedBy: 'ada',
  startedAt: '2026-03-02T09:00:00.000Z',
  endedAt: null,
  endedBy: null,
  sources: [],
  ...more,
});
const first: SentCap = {
  identifier: 'vigie-1',
  type: 'Alert',
  sent: '2026-03-02T10:00:01+01:00',
  sentAt: '2026-03-02T09:00:01.000Z',
  facts,
};
const draft = (more: Partial<CapDraft> = {}): CapDraft => ({
  incident: incidentOf('fire'),
  type: 'Alert',
  facts,
  sent: [],
  now: new Date('2026-03-02T09:00:01.500Z'),
  endReason: '',
  place: {
    sender: 'vigie@drancy.example',
    town: 'Drancy',
    timeZone: 'Europe/Paris',
    publicUrl: 'https://vigie.example',
    address: '1 place',
  },
  ...more,
});
const xmlOf = (more: Partial<CapDraft> = {}) => capXml(capAlert(draft(more)));

describe('a CAP message', () => {
  it.each<[string, Partial<CapDraft>]>([
    ['of a fire', {}],
    ['of a drill', { incident: incidentOf('drill') }],
    ['of a test', { incident: incidentOf('test') }],
    ['with an update', { type: 'Update', sent: [first, { ...first, identifier: 'vigie-2' }] }],
    ['at the end', { type: 'Cancel', sent: [first], endReason: 'feu <éteint> & vu\u0000\u000b' }],
    ['without an upper limit', { facts: { ...facts, peopleMax: null } }],
    ['without an address', { place: { ...draft().place, address: '' } }],
  ])('%s keeps the rules of the schema', (_, more) => {
    expect(capFaults(xmlOf(more))).toEqual([]);
  });

  it.each([
    ['fire', 'Actual'],
    ['drill', 'Exercise'],
    ['test', 'Test'],
  ] as const)('of a %s has the status %s', (kind, status) => {
    expect(capOf(xmlOf({ incident: incidentOf(kind) }))).toMatchObject({ status });
  });

  it('refers to all messages before it', () => {
    expect(capOf(xmlOf({ type: 'Cancel', sent: [first] }))).toMatchObject({
      references: 'vigie@drancy.example,vigie-1,2026-03-02T10:00:01+01:00',
    });
  });

  it('keeps what people wrote as text', () => {
    const note = capOf(
      xmlOf({ type: 'Cancel', sent: [first], endReason: '<info/> & \u0001' }),
    ).note;
    expect(note).toBe('Incident terminé / ended: <info/> &');
  });

  it('never says that a place is safe', () => {
    expect(xmlOf({ type: 'Cancel', sent: [first] })).not.toMatch(/AllClear|safe/i);
  });

  it('says unknown where no upper limit is known', () => {
    expect(xmlOf({ facts: { ...facts, peopleMax: null } })).toMatch(
      /<valueName>peopleMax<\/valueName>\s*<value>unknown<\/value>/,
    );
  });
});

describe('the rules themselves', () => {
  it.each([
    ['an unknown status', (xml: string) => xml.replace('>Actual<', '>Real<')],
    ['a time in Z', (xml: string) => xml.replace(/(<sent>.*)\+01:00/, '$1Z')],
    [
      'elements in another order',
      (xml: string) => xml.replace(/(<status>.*?<\/status>)(<msgType>.*?<\/msgType>)/, '$2$1'),
    ],
    ['a missing element', (xml: string) => xml.replace(/<scope>.*?<\/scope>/, '')],
    ['a space in the sender', (xml: string) => xml.replace('vigie@', 'vi gie@')],
    ['another namespace', (xml: string) => xml.replace('cap:1.2', 'cap:1.1')],
    ['an update without references', (xml: string) => xml.replace('>Alert<', '>Update<')],
    [
      'an area without description',
      (xml: string) => xml.replaceAll(/<areaDesc>.*?<\/areaDesc>/g, ''),
    ],
  ])('catch %s', (_, spoil) => {
    const spoilt = spoil(xmlOf());
    expect(spoilt).not.toBe(xmlOf());
    expect(capFaults(spoilt)).not.toEqual([]);
  });
});

describe('times of CAP', () => {
  it.each([
    ['winter', '2026-01-02T03:04:05.900Z', 'Europe/Paris', '2026-01-02T04:04:05+01:00'],
    ['summer', '2026-07-02T22:04:05.000Z', 'Europe/Paris', '2026-07-03T00:04:05+02:00'],
    ['UTC', '2026-07-02T03:04:05.000Z', 'UTC', '2026-07-02T03:04:05-00:00'],
    ['west', '2026-07-02T03:04:05.000Z', 'America/Cayenne', '2026-07-02T00:04:05-03:00'],
  ])('%s', (_, at, timeZone, expected) => {
    expect(capTime(new Date(at), timeZone)).toBe(expected);
  });
});

describe('when a message is due', () => {
  const at = (seconds: number) => new Date(Date.parse(first.sentAt) + seconds * 1000);
  const ended = incidentOf('fire', { endedAt: at(600).toISOString() });
  it.each([
    ['at the start', incidentOf('fire'), facts, undefined, 0, 'Alert'],
    ['not again while nothing changes', incidentOf('fire'), facts, first, 900, undefined],
    ['not within a minute', incidentOf('fire'), { ...facts, peopleMin: 1 }, first, 59, undefined],
    [
      'after a minute, changed',
      incidentOf('fire'),
      { ...facts, peopleMin: 1 },
      first,
      60,
      'Update',
    ],
    [
      'at once when a drill becomes a fire',
      incidentOf('fire'),
      facts,
      { ...first, facts: { ...facts, kind: 'drill' } },
      1,
      'Update',
    ],
    ['at the end', ended, facts, first, 1, 'Cancel'],
    ['not after the end', ended, facts, { ...first, type: 'Cancel' }, 900, undefined],
    ['not where nobody was told of it', ended, facts, undefined, 900, undefined],
  ] as const)('%s', (_, incident, now, last, seconds, expected) => {
    expect(capDue(incident, now, { last: last as SentCap | undefined, now: at(seconds) })).toBe(
      expected,
    );
  });
});
