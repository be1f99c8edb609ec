import { AssemblyCount, Sweep } from '@vigie/contracts/sweeps';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';
import { useMe } from '../accounts/index.ts';
import { createOutbox, type Delivery, drawId, type Waiting } from './outbox.ts';

const paths = { sweep: 'sweeps', assembly: 'assembly-counts' } as const;

async function deliver(api: Api, { what, incidentId, body }: Waiting): Promise<Delivery> {
  const path = `/incidents/${encodeURIComponent(incidentId)}/${paths[what]}`;
  const sent = { ...body, sentAt: new Date().toISOString() };
  try {
    await api.post<unknown>(path, sent, what === 'sweep' ? Sweep : AssemblyCount);
    return { kind: 'stored' };
  } catch (error) {
    if (!(error instanceof ApiError)) return { kind: 'later' };
    const { status, code } = error;
    return [400, 403, 404, 409].includes(status) ? { kind: 'refused', code } : { kind: 'later' };
  }
}

/** What the person who is signed in found out and the server does not have yet; `tell` adds to it. */
export function useOutbox(incidentId: string) {
  const api = useApi();
  const { username } = useMe();
  const outbox = useMemo(
    () => createOutbox({ storage: localStorage, username, deliver: (one) => deliver(api, one) }),
    [api, username],
  );
  useEffect(() => {
    outbox.start();
    return outbox.stop;
  }, [outbox]);
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.read);
  const first = { incidentId, username };
  return {
    waiting,
    drop: outbox.drop,
    sweep: (body: Omit<Told<'sweep'>, 'id' | 'at'>) =>
      outbox.add({ ...first, what: 'sweep', body: { ...body, ...drawn() } }),
    count: (body: Omit<Told<'assembly'>, 'id' | 'at'>) =>
      outbox.add({ ...first, what: 'assembly', body: { ...body, ...drawn() } }),
  };
}

export type OutboxInHand = ReturnType<typeof useOutbox>;

type Told<What extends Waiting['what']> = Extract<Waiting, { what: What }>['body'];

const drawn = () => ({ id: drawId(), at: new Date().toISOString() });
