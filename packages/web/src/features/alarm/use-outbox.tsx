import { useQueryClient } from '@tanstack/react-query';
import { AssemblyCount, Sweep } from '@vigie/contracts/sweeps';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { askWhoIsSignedIn, isSignedOut, useMe } from '../accounts/index.ts';
import { createOutbox, type Delivery, drawId, type Outbox, type Waiting } from './outbox.ts';

const paths = { sweep: 'sweeps', assembly: 'assembly-counts' } as const;

async function deliver(api: Api, { what, incidentId, body }: Waiting): Promise<Delivery> {
  const path = `/incidents/${encodeURIComponent(incidentId)}/${paths[what]}`;
  const sent = { ...body, sentAt: new Date().toISOString() };
  await api.post<unknown>(path, sent, what === 'sweep' ? Sweep : AssemblyCount);
  return { kind: 'stored' };
}

/** Signing in, or a duty that comes before anything else, may yet let it through. */
function deliveryOf(error: unknown): Delivery {
  if (!(error instanceof ApiError) || error.code === 'accounts/duty-first')
    return { kind: 'later' };
  const { status, code } = error;
  return [400, 403, 404, 409].includes(status) ? { kind: 'refused', code } : { kind: 'later' };
}

const OutboxContext = createContext<Outbox | undefined>(undefined);

/** Sends, from whichever page is open, what the person who is signed in found out and the server does not have yet. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const client = useQueryClient();
  const { username } = useMe();
  const outbox = useMemo(() => {
    const failed = (error: unknown) => {
      if (isSignedOut(error)) void askWhoIsSignedIn(client);
      return deliveryOf(error);
    };
    return createOutbox({
      storage: localStorage,
      username,
      deliver: (one) => deliver(api, one).catch(failed),
    });
  }, [api, client, username]);
  useEffect(() => {
    outbox.start();
    return outbox.stop;
  }, [outbox]);
  return <OutboxContext.Provider value={outbox}>{children}</OutboxContext.Provider>;
}

/** What waits on this telephone. @throws Error outside the provider. */
export function useHeld() {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('The page stands outside OutboxProvider.');
  const held = useSyncExternalStore(outbox.subscribe, outbox.read);
  return { ...held, outbox };
}

/** What the person who is signed in found out in this incident; its functions add to it. */
export function useOutbox(incidentId: string) {
  const { own, outbox } = useHeld();
  const { username } = useMe();
  const first = { incidentId, username };
  return {
    waiting: own,
    sweep: (body: Omit<Told<'sweep'>, 'id' | 'at'>) =>
      outbox.add({ ...first, what: 'sweep', body: { ...body, ...drawn() } }),
    count: (body: Omit<Told<'assembly'>, 'id' | 'at'>) =>
      outbox.add({ ...first, what: 'assembly', body: { ...body, ...drawn() } }),
  };
}

export type OutboxInHand = ReturnType<typeof useOutbox>;

type Told<What extends Waiting['what']> = Extract<Waiting, { what: What }>['body'];

const drawn = () => ({ id: drawId(), at: new Date().toISOString() });
