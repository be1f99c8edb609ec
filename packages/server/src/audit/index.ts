import { randomBytes } from 'node:crypto';
import type { AuditLog } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { OldData } from '../platform/old-data.ts';
import type { PersonData } from '../platform/person-data.ts';
import { createRepeated } from '../platform/repeat.ts';
import { digestOf } from '../platform/secrets.ts';
import { auditRoutes } from './audit.routes.ts';
import { type AuditService, createAuditService } from './audit.service.ts';
import { createAuditStore } from './audit.store.ts';
import { createHeadService, type HeadMails } from './head.service.ts';
import { personsRoutes } from './persons.routes.ts';
import { createPersonsService } from './persons.service.ts';

const dayMs = 86_400_000;

interface AuditDeps {
  db: Database;
  clock: Clock;
  log: Log;
  mails?: HeadMails;
}

interface PersonsDeps extends Pick<AuditDeps, 'db' | 'clock'> {
  audit: Audit;
  parts: readonly PersonData[];
  accounts: Parameters<typeof createPersonsService>[0]['accounts'];
}

const noMails: HeadMails = { addresses: [], town: '', queue: async () => undefined };

/** A person's data over all features. */
export function createPersons(deps: PersonsDeps): { routes(http: Http): void } {
  const newPseudonym = () => `personne-${randomBytes(4).toString('hex')}`;
  const service = createPersonsService({ ...deps, newPseudonym });
  return { routes: (http) => personsRoutes(http, service) };
}

/** The log of who did what, for the data-protection officer. */
export interface Audit extends AuditLog, Pick<AuditService, 'erase' | 'listAbout'> {
  oldData: readonly OldData[];
  routes(http: Http): void;
  /** Before the first act. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createAudit({ db, clock, log, mails = noMails }: AuditDeps): Audit {
  const newSalt = () => randomBytes(16).toString('hex');
  const store = createAuditStore(db);
  const service = createAuditService({ store, clock, digest: digestOf, newSalt, log });
  const { verify } = service;
  const head = createHeadService({ db, verify, mails, digestOf, clock, log });
  const daily = createRepeated(
    async () => {
      await head.tell();
      return dayMs;
    },
    {
      firstMs: 60_000,
      retryMs: 3_600_000,
      failed: (error) =>
        log.error({ error: messageOf(error) }, 'the head of the audit log could not be read'),
    },
  );
  const { record, write, writeLater, erase, listAbout, oldData } = service;
  return {
    ...{ record, write, writeLater, erase, listAbout },
    oldData: [oldData],
    routes: (http) => auditRoutes(http, service),
    start: async () => {
      await service.guard();
      daily.start();
    },
    stop: async () => {
      await daily.stop();
      await service.stop();
    },
  };
}

export { privacyRoutes } from './privacy.routes.ts';
export type { PrivacyFacts } from './privacy-facts.ts';
