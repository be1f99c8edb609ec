import { expect, it } from 'vitest';
import { auditQueryText } from './filter.ts';

const empty = { who: '', act: '', subject: '', from: '', until: '' } as const;
const town = { timeZone: 'Europe/Paris', limit: 100 };

it.each([
  { name: 'nothing', filter: empty, query: 'limit=100' },
  { name: 'a name', filter: { ...empty, who: 'ada' }, query: 'who=ada&limit=100' },
  {
    name: 'days of the town, both included',
    filter: { ...empty, from: '2026-03-29', until: '2026-03-29' },
    query: 'from=2026-03-28T23%3A00%3A00.000Z&until=2026-03-29T22%3A00%3A00.000Z&limit=100',
  },
])('the log is asked for $name', ({ filter, query }) => {
  expect(auditQueryText(filter, town)).toBe(query);
});
