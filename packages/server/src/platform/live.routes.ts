import { isLimited } from '@vigie/contracts/accounts';
import {
  type LiveEvent,
  type LiveEventName,
  liveEvents,
  livePermissions,
  liveThings,
} from '@vigie/contracts/live';
import { NotAuthenticated } from './errors.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import type { EventBus } from './events.ts';
import { type Http, type Locate, mayDo, reaches, type SignedIn, whileAdmitted } from './http.ts';

/** Live state as Server-Sent Events; each person receives what his role may see where it holds. */
export function liveRoutes(
  http: Http,
  { events, locate, everyMs }: { events: EventBus; locate: Locate; everyMs?: number },
): { stop(): void } {
  const open = new Set<EventStream>();
  http.get(
    '/api/v1/events',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    (request, reply) => {
      const { person } = request;
      if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
      const stream = openEventStream(reply);
      const names = (Object.keys(liveEvents) as LiveEventName[]).filter((name) =>
        mayDo(person, livePermissions[name]),
      );
      const ends = names.map((name) =>
        events.on(name, async (data) => {
          if (await maySee(person, { name, data } as LiveEvent, locate)) stream.send(name, data);
        }),
      );
      ends.push(whileAdmitted(http, request, { end: stream.end, everyMs }));
      open.add(stream);
      stream.onClose(() => {
        for (const end of ends) end();
        open.delete(stream);
      });
    },
  );
  return { stop: () => open.forEach((stream) => void stream.end()) };
}

async function maySee(person: SignedIn, event: LiveEvent, locate: Locate): Promise<boolean> {
  if (!isLimited(person.scope, livePermissions[event.name])) return true;
  const thingOf = liveThings[event.name] as (data: unknown) => ReturnType<typeof liveThings.space>;
  const thing = thingOf(event.data);
  const place = thing && (await locate(...thing));
  return place !== undefined && reaches(person, place);
}
