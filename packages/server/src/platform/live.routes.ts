import { type LiveEventName, liveEvents, livePermissions } from '@vigie/contracts/live';
import { NotAuthenticated } from './errors.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import type { EventBus } from './events.ts';
import { type Http, mayDo } from './http.ts';

/** Live state as Server-Sent Events; each person receives what his role may see. */
export function liveRoutes(http: Http, events: EventBus): { stop(): void } {
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
      const ends = names.map((name) => events.on(name, (data) => stream.send(name, data)));
      open.add(stream);
      stream.onClose(() => {
        for (const end of ends) end();
        open.delete(stream);
      });
    },
  );
  return { stop: () => open.forEach((stream) => void stream.end()) };
}
