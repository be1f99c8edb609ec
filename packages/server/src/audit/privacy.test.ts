import { defaultKeeping } from '@vigie/contracts/keeping';
import { describe, expect, it } from 'vitest';
import { dpiaSections } from './privacy-dpia.ts';
import type { PrivacyFacts } from './privacy-facts.ts';
import { registerSections } from './privacy-register.ts';
import { signSections } from './privacy-sign.ts';

const facts: PrivacyFacts = {
  town: 'Sainte-Ville',
  accounts: { administrator: 1 },
  zones: [{ name: 'Centre', allowedDays: 7, channels: ['mail'] }],
  spaces: 12,
  parkingCameras: 1,
  buildings: [
    { name: 'Mairie', address: '1 place', use: 'counting', rooms: 3, cameras: 2 },
    { name: 'Grange', address: '', use: 'open', rooms: 1, cameras: 0 },
  ],
  filmFreeRooms: ['Salle syndicale'],
  wardens: 4,
  keeping: { ...defaultKeeping, incidents: 730, messages: 0 },
  secondFactor: 'administrators',
  passwordLength: 12,
  outside: [],
  isDatabaseOwn: true,
};

describe('the documents', () => {
  it.each([
    [
      'the impact assessment',
      dpiaSections,
      [
        'Sainte-Ville',
        'aucune image hors incident',
        '730 jours',
        'Salle syndicale',
        '12 caractères',
        'sans limite réglée',
      ],
    ],
    [
      'the register',
      registerSections,
      ['12 places', '7 jours', '4 guides', 'administrator : 1', 'R4227-39'],
    ],
    ['the sign', signSections, ['Mairie', '730 jours', 'aucune image hors incident']],
  ] as const)('%s says what is set', (_, sections, wanted) => {
    const text = JSON.stringify(sections(facts));
    for (const words of wanted) expect(text).toContain(words);
  });

  it('leave a blank where no setting knows: basis, officer, prefect', () => {
    for (const sections of [dpiaSections, registerSections, signSections]) {
      const blanks = sections(facts)
        .flatMap(({ blocks }) => blocks)
        .filter(({ kind }) => kind === 'blank');
      expect(JSON.stringify(blanks)).toMatch(/base légale/);
      expect(JSON.stringify(blanks)).toMatch(/délégué à la protection/);
    }
  });

  it('have a sign for each place with cameras, and for no other', () => {
    const titles = (given: PrivacyFacts) => signSections(given).map(({ title }) => title);
    expect(titles(facts)).toEqual(['Mairie', 'Places de stationnement']);
    expect(titles({ ...facts, parkingCameras: 0 })).toEqual(['Mairie']);
  });
});
