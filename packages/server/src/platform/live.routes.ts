import type { ServerResponse } from 'node:http';
import { type LiveEventName, liveEvents, livePermissions } from '@vigie/contracts/live';
import { NotAuthenticated } from './errors.ts';
import type { EventBus } from './events.ts';
import { type Http, mayDo } from './http.ts';

/** A comment line this often keeps proxies from closing a quiet stream. */
const keepAliveMs = 15_000;
/** A browser that does not read is let go; it comes back by itself and fetches the lists again. */
const mostUnreadBytes = 4_000_000;

/** Live state as Server-Sent Events; each person receives what his role may see. */
export function liveRoutes(http: Http, events: EventBus): { stop(): void } {
  const open = new Set<ServerResponse>();
  http.get(
    '/api/v1/events',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    (request, reply) => {
      const { person } = request;
      if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
      reply.hijack();
      const stream = reply.raw;
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      stream.write('retry: 1000\n\n');
      const names = (Object.keys(liveEvents) as LiveEventName[]).filter((name) =>
        mayDo(person, livePermissions[name]),
      );
      const ends = names.map((name) =>
        events.on(name, (data) => {
          if (stream.writableLength > mostUnreadBytes) stream.destroy();
          else stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
        }),
      );
      const keepAlive = setInterval(() => stream.write(': still here\n\n'), keepAliveMs);
      open.add(stream);
      stream.on('close', () => {
        clearInterval(keepAlive);
        for (const end of ends) end();
        open.delete(stream);
      });
    },
  );
  return { stop: () => open.forEach((stream) => void stream.end()) };
}
