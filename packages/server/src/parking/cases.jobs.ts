import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { CasesService } from './cases.service.ts';

/** Reminders and escalations are a matter of hours; one indexed look a second costs nothing. Real time. */
const betweenLooksMs = 1000;

interface CaseLooksDeps {
  cases: Pick<CasesService, 'lookDue'>;
  log: Log;
}

/** Looks after cases nobody acknowledged, also after a restart: what is due is in the database. */
export function createCaseLooks({ cases, log }: CaseLooksDeps) {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isStopped = true;

  async function look(): Promise<void> {
    try {
      await cases.lookDue();
    } catch (error) {
      log.error({ error: messageOf(error) }, 'cases could not be looked at; they are tried again');
    }
    schedule();
  }

  function schedule(): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = look();
    }, betweenLooksMs);
  }

  return {
    start: (): void => {
      isStopped = false;
      schedule();
    },
    stop: async (): Promise<void> => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
