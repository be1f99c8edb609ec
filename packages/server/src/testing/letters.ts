import { Space, Zone } from '@vigie/contracts/parking';
import type { Letter } from '../notifications/letter.ts';
import { noticeOf } from '../parking/case-facts.ts';

/** What machines are told in tests. */
export const someNotice = noticeOf(
  {
    caseId: 'c1',
    number: 1,
    zone: Zone.parse({ id: 'z1', name: 'Centre', allowedDays: 7 }),
    space: Space.parse({ id: 's1', zoneId: 'z1', label: '12' }),
    since: new Date('2026-03-02T10:00:00Z'),
    days: 8,
    colour: '#000000',
    link: null,
  },
  { id: 'case-c1-opened', kind: 'opened' },
);

/** A letter under way for the first time; `part` says what matters. */
export const someLetter = (part: Partial<Letter> = {}): Letter => ({
  id: 'case-c1-opened',
  kind: 'case-opened',
  caseId: 'c1',
  channel: 'mail',
  recipient: 'police@example.org',
  recipientName: '',
  subject: 'Vigie, dossier 1',
  text: 'Place 12',
  html: '<p>Place 12</p>',
  data: someNotice,
  status: 'queued',
  attempts: 1,
  lastError: null,
  createdAt: '2026-03-10T10:00:00.000Z',
  sentAt: null,
  ...part,
});
