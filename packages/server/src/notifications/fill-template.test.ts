import { describe, expect, it } from 'vitest';
import { fillAddress, fillTemplate } from './fill-template.ts';

const blanks = { to: '+33612345678', text: 'Place "A4" {to}', id: 'case-1-opened' };

describe('a template', () => {
  it.each([
    ['a text', '{text}!', 'Place "A4" {to}!'],
    ['a list within an object', { to: ['{to}'] }, { to: ['+33612345678'] }],
    ['what is no text', { n: 1, is: true, none: null }, { n: 1, is: true, none: null }],
    ['another blank', '{other} {TO}', '{other} {TO}'],
    ['a key', { '{to}': '{id}' }, { '{to}': 'case-1-opened' }],
  ])('is filled: %s', (_name, template, filled) => {
    expect(fillTemplate(template, blanks)).toEqual(filled);
  });

  it('is filled in an address, where nothing can add a parameter', () => {
    expect(fillAddress('http://x/?to={to}&t={text}', { ...blanks, text: 'a&to=1' })).toBe(
      'http://x/?to=%2B33612345678&t=a%26to%3D1',
    );
  });
});
