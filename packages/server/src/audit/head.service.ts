import type { Notifications } from '../notifications/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { AuditService } from './audit.service.ts';
import { headMail } from './head-mail.ts';

/** Who is mailed the head of the log, and how. The same id twice is one message. */
export interface HeadMails extends Pick<Notifications, 'queue'> {
  addresses: readonly string[];
  town: string;
}

interface HeadDeps {
  db: Database;
  verify: AuditService['verify'];
  mails: HeadMails;
  digestOf: (text: string) => string;
  clock: Clock;
  log: Pick<Log, 'info' | 'error'>;
}

/** Brings the head of the log to where whoever owns the database does not reach: into the server's own log, and by mail. */
export function createHeadService({ db, verify, mails, digestOf, clock, log }: HeadDeps) {
  /** When it was last whole: what was cut off since is missed, every day anew. */
  let before: string | undefined;

  const queue = async (id: string, mail: ReturnType<typeof headMail>): Promise<void> =>
    db.transaction(async (tx) => {
      for (const recipient of mails.addresses) {
        const whole = `${id}-${digestOf(recipient).slice(0, 12)}`;
        const fixed = { caseId: null, channel: 'mail', recipientName: '', html: '' } as const;
        await mails.queue(
          { ...mail, ...fixed, id: whole, kind: 'audit-head', recipient, data: null },
          tx,
        );
      }
    });

  return {
    /** Reads the whole log. Once a month its head goes out, and at once what somebody changed in it. */
    tell: async (): Promise<void> => {
      const found = await verify(before);
      const { head, faults } = found;
      log.info(head, 'head of the audit log: vigie audit verify --head HASH');
      if (faults.length === 0 && head.seq > 0) before = head.hash;
      if (faults.length > 0)
        log.error(
          { faults: faults.map(({ text }) => text) },
          'the audit log is not as it was written',
        );
      const id =
        faults.length === 0
          ? `audit-head-${clock.now().toISOString().slice(0, 7)}`
          : `audit-faults-${digestOf(JSON.stringify(faults)).slice(0, 12)}`;
      await queue(id, headMail(found, mails.town));
    },
  };
}
