import { describe, expect, it } from 'vitest';
import { readLabels } from './label-file.ts';

describe('a file of labelled moments', () => {
  const labels = [
    { at: '2026-03-14T09:42:07.000Z', people: 3 },
    { at: '2026-03-14T09:43:00.000Z', people: 0 },
  ];

  it.each([
    {
      name: 'CSV',
      text: 'at,people\n2026-03-14T10:42:07+01:00,3\n2026-03-14T09:43:00Z,0\n',
    },
    {
      name: 'CSV of a French spreadsheet',
      text: '\uFEFFPeople;Note;At\r\n3;porte;"2026-03-14T10:42:07+01:00"\r\n0;;2026-03-14T09:43:00Z\r\n\r\n',
    },
    {
      name: 'JSON',
      text: JSON.stringify([
        { at: '2026-03-14T10:42:07+01:00', people: 3 },
        { at: '2026-03-14T09:43:00Z', people: 0 },
      ]),
    },
  ])('is read from $name', ({ text }) => {
    expect(readLabels(text)).toEqual(labels);
  });

  it.each([
    { name: 'no titles', text: '2026-03-14T09:43:00Z,3', says: /line 1: the titles/ },
    { name: 'no offset', text: 'at,people\n2026-03-14T09:43:00,3', says: /line 2: .* offset/ },
    {
      name: 'an empty cell, which is not nobody',
      text: 'at,people\n2026-03-14T09:43:00Z,',
      says: /line 2: "" is no number/,
    },
    {
      name: 'half a person',
      text: '[{"at":"2026-03-14T09:43:00Z","people":0.5}]',
      says: /entry 1: "0.5"/,
    },
    { name: 'JSON that is none', text: '[{"at":', says: /begins as JSON and is none/ },
    { name: 'no moment', text: 'at,people\n', says: /0 moments; give it 1 to 200/ },
  ])('is refused with $name', ({ text, says }) => {
    expect(() => readLabels(text)).toThrow(says);
  });
});
