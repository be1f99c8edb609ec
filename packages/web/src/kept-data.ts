import type { QueryClient } from '@tanstack/react-query';
import { Me } from '@vigie/contracts/accounts';
import { Board, Incident } from '@vigie/contracts/evacuation';
import { EvacuationPlan } from '@vigie/contracts/floors';
import * as z from 'zod';
import { isSignedOut } from './features/accounts/index.ts';

const KEPT_AS = 'vigie.incident';
/** Boards change five times a second; a page that is loaded again may be so much older. */
const EVERY_MS = 2000;
/** No evacuation lasts so long: the telephone was put away. */
const MOST_MS = 12 * 3_600_000;

/** What the rooms of an incident need besides the pages, by the first word of its query. */
const kinds = {
  me: Me,
  incidents: Incident.array(),
  board: Board,
  'evacuation-plan': EvacuationPlan,
};

const Kept = z.object({
  atMs: z.number(),
  queries: z.array(z.object({ key: z.array(z.string()), data: z.unknown(), atMs: z.number() })),
});
type Kept = z.infer<typeof Kept>;

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const kindOf = (key: readonly unknown[]): keyof typeof kinds | undefined =>
  (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) => kind === key[0]);

/**
 * Puts back what was kept through a reload and keeps it anew while an incident goes on that is open here. Nothing is kept
 * of quiet days, after the end of the incident, or once nobody is signed in. Gives the moment at which the kept was
 * current, in the browser's epoch milliseconds; `undefined`: nothing was kept.
 */
export function keepThroughReload(client: QueryClient, shelf: Shelf): number | undefined {
  const atMs = putBack(client, shelf);
  let timer: ReturnType<typeof setTimeout> | undefined;
  client.getQueryCache().subscribe(({ query }) => {
    if (kindOf(query.queryKey) === undefined) return;
    // At once: the page may be closed after signing out.
    if (isSignedOut(query.state.error)) shelf.removeItem(KEPT_AS);
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      keep(client, shelf);
    }, EVERY_MS);
  });
  return atMs;
}

function putBack(client: QueryClient, shelf: Shelf): number | undefined {
  try {
    const kept = Kept.parse(JSON.parse(shelf.getItem(KEPT_AS) ?? 'null'));
    if (Date.now() - kept.atMs > MOST_MS) return undefined;
    for (const { key, data, atMs } of kept.queries) {
      const kind = kindOf(key);
      if (kind) client.setQueryData(key, kinds[kind].parse(data), { updatedAt: atMs });
    }
    return kept.atMs;
  } catch {
    // Nothing, or what other pages of ours wrote: it is fetched.
    return undefined;
  }
}

function keep(client: QueryClient, shelf: Shelf): void {
  const found = client
    .getQueryCache()
    .getAll()
    .filter(({ queryKey, state }) => kindOf(queryKey) && state.data !== undefined);
  const isIn = found.some(
    ({ queryKey, state }) => queryKey[0] === 'me' && !isSignedOut(state.error),
  );
  const isOn = found.some(
    ({ queryKey, state }) => queryKey[0] === 'board' && !(state.data as Board).incident.endedAt,
  );
  if (!isIn || !isOn) {
    shelf.removeItem(KEPT_AS);
    return;
  }
  const queries = found.map(({ queryKey, state }) => ({
    key: queryKey as string[],
    data: state.data,
    atMs: state.dataUpdatedAt,
  }));
  const kept: Kept = { atMs: Math.max(...queries.map(({ atMs }) => atMs)), queries };
  try {
    shelf.setItem(KEPT_AS, JSON.stringify(kept));
  } catch (error) {
    console.warn('The rooms of this incident will not outlive a reload without a network.', error);
  }
}
