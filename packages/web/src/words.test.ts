import { PersonRole } from '@vigie/contracts/accounts';
import { errorCodes } from '@vigie/contracts/errors';
import { describe, expect, it } from 'vitest';
import { errorWords } from './face/words.ts';
import { accountsWords } from './features/accounts/words.ts';
import { words } from './words.ts';

type Texts = Record<string, Record<string, string>>;
const fr = words.fr as Texts;
const en = words.en as Texts;
const features = Object.keys(fr);

const places = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the texts', () => {
  it.each(features)('of %s exist in both languages', (feature) => {
    expect(Object.keys(en[feature] ?? {}).sort()).toEqual(Object.keys(fr[feature] ?? {}).sort());
  });

  it.each(features)('of %s are never empty and fill the same places', (feature) => {
    for (const [key, text] of Object.entries(fr[feature] ?? {})) {
      const other = en[feature]?.[key] ?? '';
      expect(text.trim(), key).not.toBe('');
      expect(other.trim(), key).not.toBe('');
      expect(places(other), key).toEqual(places(text));
    }
  });

  it.each(features)('of %s have a singular beside every plural', (feature) => {
    const keys = Object.keys(fr[feature] ?? {});
    const stems = (ending: string) =>
      keys.filter((key) => key.endsWith(ending)).map((key) => key.slice(0, -ending.length));
    expect(stems('_one')).toEqual(stems('_other'));
  });

  it('have a sentence for every error code of the contract', () => {
    expect(Object.keys(errorWords.fr)).toEqual(expect.arrayContaining(Object.keys(errorCodes)));
  });

  it('name every role', () => {
    for (const role of PersonRole.options)
      expect(Object.keys(accountsWords.fr)).toContain(`role.${role}`);
  });

  it('never promise safety', () => {
    const all = [...Object.values(fr), ...Object.values(en)].flatMap((texts) =>
      Object.values(texts),
    );
    expect(all.filter((text) => /\bsafe\b|\bsauf\b|sain et sauf|en sécurité/i.test(text))).toEqual(
      [],
    );
  });
});
