import { Case, type CaseStatus } from '@vigie/contracts/parking';
import * as z from 'zod';
import type { HttpClient } from '../http-client.ts';

/** Outcomes after which a car is removed. */
const removed: readonly CaseStatus[] = ['stolen', 'wreck', 'nuisance'];

/** Cases whose car is to be towed away and was not yet. `done`: ids of those that were. */
export const casesToTow = (cases: readonly Case[], done: ReadonlySet<string>): Case[] =>
  cases.filter(({ id, status }) => removed.includes(status) && !done.has(id));

interface TowingOptions {
  police: HttpClient;
  towAway(spaceId: string): void;
  log: { warn(data: object, text: string): void };
  /** Real ms between two looks at the cases. */
  everyMs?: number;
}

/** The tow truck: reads the police's outcomes over HTTP and removes the cars. */
export function startTowing({ police, towAway, log, everyMs = 1000 }: TowingOptions): {
  stop(): void;
} {
  const done = new Set<string>();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    try {
      const cases = await police.get('/api/v1/cases', z.array(Case));
      for (const { id, spaceId } of casesToTow(cases, done)) {
        done.add(id);
        towAway(spaceId);
      }
    } catch (error) {
      if (!isStopped) log.warn({ error: String(error) }, 'the demo could not read the cases');
    }
    if (!isStopped) timer = setTimeout(look, everyMs);
  }

  void look();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
