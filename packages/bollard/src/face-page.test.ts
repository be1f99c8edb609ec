import type { Face } from '@vigie/contracts/parking-stage';
import { describe, expect, it } from 'vitest';
import { faceHtml, pageHtml } from './face-page.ts';

describe('a face as a page', () => {
  it.each<[string, Face, readonly string[]]>([
    [
      'the day as a number on its colour',
      { kind: 'day', day: 12, colour: '#ffff00', label: '12' },
      ['display-day', '--display-fill:#ffff00', '--display-ink:#000000', '>12<', 'Jour'],
    ],
    [
      'black with its number',
      { kind: 'overstay', day: 8, label: '8' },
      ['display-overstay', '--display-fill:#000000', '>8<', 'Durée dépassée', 'Over time'],
    ],
    ['free as a word', { kind: 'free' }, ['display-free', 'Place libre', 'Free space']],
    [
      'unknown with the frozen colour as a band',
      { kind: 'unknown', colour: '#2e00ff', label: '4' },
      ['display-unknown display-keeps', '--display-kept:#2e00ff', '>?<'],
    ],
    ['a fault by its sign', { kind: 'fault' }, ['display-fault', '>!<', 'En panne']],
  ])('shows %s', (_name, face, parts) => {
    for (const part of parts) expect(faceHtml(face)).toContain(part);
  });

  it('gives long numbers less height, so that they fit', () => {
    const face: Face = { kind: 'day', day: 123, colour: '#ffff00', label: '123' };
    expect(faceHtml(face)).toContain('--display-letters:3');
  });

  it('stands on one line, and lets no label become markup', () => {
    const html = faceHtml({ kind: 'overstay', day: 8, label: '<img src="x">' });
    expect(html).not.toContain('\n');
    expect(html).not.toContain('<img');
  });

  it('names no other host', () => {
    expect(pageHtml({ kind: 'free' })).not.toMatch(/https?:/);
  });
});
