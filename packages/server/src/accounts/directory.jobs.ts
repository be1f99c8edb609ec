import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { createRepeated, type Repeated } from '../platform/repeat.ts';
import type { DirectoryPeople } from './directory-people.service.ts';

/** What changes in the directory holds here within 15 minutes: ten, and what the asking takes. */
const everyMs = 10 * 60_000;

/** Compares those who are signed in with the directory, again and again. */
export const createDirectoryJob = (people: Pick<DirectoryPeople, 'refresh'>, log: Log): Repeated =>
  createRepeated(
    async () => {
      await people.refresh();
      return everyMs;
    },
    {
      firstMs: 30_000,
      retryMs: 60_000,
      failed: (error) =>
        log.warn({ error: messageOf(error) }, 'people could not be compared with the directory'),
    },
  );
