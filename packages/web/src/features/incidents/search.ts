import { IncidentKind } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import type { RegisterFilter } from '@vigie/contracts/report';
import { momentOnWall } from '@vigie/contracts/wall-clock';
import * as z from 'zod';

/** What the register is filtered by, as it stands in the address; what is wrong is left out. Days, both included. */
const RegisterSearch = z.object({
  building: Id.optional().catch(undefined),
  kind: IncidentKind.optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  until: z.iso.date().optional().catch(undefined),
});
export type RegisterSearch = z.infer<typeof RegisterSearch>;

/** Reads the search of an address. */
export const readRegisterSearch = (search: Record<string, unknown>): RegisterSearch =>
  RegisterSearch.parse(search);

/** The filter for the server: days are those of the town's zone (IANA name). */
export function filterOf(
  { from, until, ...rest }: RegisterSearch,
  timeZone: string,
): RegisterFilter {
  const start = (day: string | undefined) => day && momentOnWall(`${day}T00:00`, timeZone);
  const begin = start(from);
  const end = start(until && dayAfter(until));
  return {
    ...rest,
    ...(begin ? { from: begin.toISOString() } : {}),
    ...(end ? { to: end.toISOString() } : {}),
  };
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
