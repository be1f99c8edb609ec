import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { createRepeated, type Repeated } from '../platform/repeat.ts';
import type { CasesService } from './cases.service.ts';

/** Reminders and escalations are a matter of hours; one indexed look a second costs nothing. Real time. */
const betweenLooksMs = 1000;

interface CaseLooksDeps {
  cases: Pick<CasesService, 'lookDue'>;
  log: Log;
}

/** Looks after cases nobody acknowledged, also after a restart: what is due is in the database. */
export const createCaseLooks = ({ cases, log }: CaseLooksDeps): Repeated =>
  createRepeated(
    async () => {
      await cases.lookDue();
      return betweenLooksMs;
    },
    {
      firstMs: betweenLooksMs,
      retryMs: betweenLooksMs,
      failed: (error) =>
        log.error(
          { error: messageOf(error) },
          'cases could not be looked at; they are tried again',
        ),
    },
  );
