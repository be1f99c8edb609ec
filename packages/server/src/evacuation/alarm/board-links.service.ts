import type { IncidentLine } from '@vigie/contracts/evacuation';
import type { BoardLink, NewBoardLink } from '@vigie/contracts/sweeps';
import type { Clock } from '../../platform/clock.ts';
import { NotAuthenticated, NotFound } from '../../platform/errors.ts';
import type { BoardLinksStore } from './board-links.store.ts';
import type { IncidentsService } from './incidents.service.ts';

/** How long a drawn link opens a board. */
const linkMs = 12 * 3_600_000;
/** Somebody who reads on asks every few seconds; after so long a silence it is another opening. */
const sameOpeningMs = 10 * 60_000;

interface BoardLinksDeps {
  readonly store: BoardLinksStore;
  readonly incidents: Pick<IncidentsService, 'get'>;
  /** Adds a line to the log of an incident. */
  readonly note: (incidentId: string, line: IncidentLine) => void;
  readonly secrets: { draw(): string; digestOf(token: string): string };
  readonly clock: Clock;
  readonly newId: () => string;
}

export type BoardLinksService = ReturnType<typeof createBoardLinksService>;

/** Links by which the fire service reads the board of one incident and nothing else. All that happens to them is logged. */
export function createBoardLinksService(deps: BoardLinksDeps) {
  const { store, incidents, note, secrets, clock, newId } = deps;
  /** last asked for, epoch milliseconds, by link id */
  const openings = new Map<string, number>();

  const line = (what: IncidentLine['what'], actor: string, linkId: string): IncidentLine => ({
    at: clock.now().toISOString(),
    actor,
    what,
    data: { linkId },
  });

  function noteOpening(incidentId: string, linkId: string): void {
    const now = clock.now().getTime();
    const before = openings.get(linkId);
    openings.set(linkId, now);
    if (before !== undefined && now - before < sameOpeningMs) return;
    note(incidentId, line('link-opened', 'link', linkId));
  }

  return {
    /** @throws NotFound for an unknown incident. */
    draw: async (incidentId: string, drawnBy: string): Promise<NewBoardLink> => {
      await incidents.get(incidentId);
      const token = secrets.draw();
      const drawnAt = clock.now();
      const until = new Date(drawnAt.getTime() + linkMs).toISOString();
      const times = { drawnAt: drawnAt.toISOString(), until, revokedAt: null };
      const link = { id: newId(), drawnBy, ...times };
      await store.add(incidentId, link, secrets.digestOf(token));
      note(incidentId, line('link-drawn', drawnBy, link.id));
      return { ...link, token, path: `/board/${token}` };
    },

    list: (incidentId: string): Promise<BoardLink[]> => store.list(incidentId),

    /** @throws NotFound when the incident has no such link that still opens. */
    revoke: async (incidentId: string, id: string, by: string): Promise<void> => {
      if (!(await store.revoke(incidentId, id, clock.now())))
        throw new NotFound(
          'evacuation/board-link-unknown',
          `Incident ${incidentId} has no link ${id} that still opens. GET /api/v1/incidents/${incidentId}/board-links lists them.`,
        );
      note(incidentId, line('link-revoked', by, id));
    },

    /** The id of the incident whose board this token opens. @throws NotAuthenticated. */
    open: async (token: string): Promise<string> => {
      const link = await store.find(secrets.digestOf(token), clock.now());
      if (!link)
        throw new NotAuthenticated(
          'evacuation/board-link-wrong',
          'This link opens no board, or it has ended. Ask the fire safety officer for a new one.',
        );
      noteOpening(link.incidentId, link.id);
      return link.incidentId;
    },
  };
}
