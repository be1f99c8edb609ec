import { InboxMail } from '@vigie/contracts/demo';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDemoMail, type DemoMail } from './mail.ts';

let mail: DemoMail;
beforeEach(async () => {
  mail = createDemoMail();
  await mail.start();
});
afterEach(() => mail.stop());

async function send(subject: string, url = mail.url()): Promise<void> {
  const transport = createTransport({ url });
  try {
    await transport.sendMail({
      from: 'Vigie <vigie@demo.invalid>',
      to: 'commissariat@demo.invalid',
      subject,
      text: 'La place A-07 est occupée.',
      html: '<p>La place A-07 est occupée.</p>',
      messageId: '<case-1@vigie>',
    });
  } finally {
    transport.close();
  }
}

it('keeps what was sent, readable', async () => {
  await send('Dossier n° 1 — place A-07');
  const [letter] = mail.inbox();
  expect(InboxMail.parse(letter)).toMatchObject({
    messageId: '<case-1@vigie>',
    to: 'commissariat@demo.invalid',
    subject: 'Dossier n° 1 — place A-07',
    html: '<p>La place A-07 est occupée.</p>',
  });
  expect(letter?.from).toContain('vigie@demo.invalid');
  expect(letter?.text.trim()).toBe('La place A-07 est occupée.');
});

it('shows the newest first and a repeated letter twice', async () => {
  for (const subject of ['first', 'second', 'second']) await send(subject);
  expect(mail.inbox().map(({ subject }) => subject)).toEqual(['second', 'second', 'first']);
  expect(new Set(mail.inbox().map(({ id }) => id)).size).toBe(3);
});

it('keeps 200 letters at most', async () => {
  const transport = createTransport({ url: mail.url(), pool: true, maxMessages: Infinity });
  for (let i = 1; i <= 205; i++) {
    await transport.sendMail({ from: 'a@demo.invalid', to: 'b@demo.invalid', subject: `${i}` });
  }
  transport.close();
  const subjects = mail.inbox().map(({ subject }) => subject);
  expect(subjects).toHaveLength(200);
  expect([subjects[0], subjects.at(-1)]).toEqual(['205', '6']);
});

it.each([
  ['a wrong password', (url: string) => url.replace(/vigie:[^@]+@/, 'vigie:wrong@')],
  ['no password', (url: string) => url.replace(/vigie:[^@]+@/, '')],
])('refuses %s', async (_name, changed) => {
  await expect(send('secret', changed(mail.url()))).rejects.toThrow();
  expect(mail.inbox()).toEqual([]);
});
