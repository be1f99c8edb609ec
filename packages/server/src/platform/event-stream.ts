import type { FastifyReply } from 'fastify';

/** A comment line this often keeps proxies from closing a quiet stream. */
const keepAliveMs = 15_000;
/** A browser that does not read is let go; it comes back by itself and fetches the lists again. */
const mostUnreadBytes = 4_000_000;

/** An answer of Server-Sent Events that is open until either side ends it. */
export interface EventStream {
  send(name: string, data: unknown): void;
  end(): void;
  /** `act` is called once, whoever ended it. */
  onClose(act: () => void): void;
}

/** Texts of what is told: an event that goes to a hundred screens is written once. What was told never changes. */
const texts = new WeakMap<object, string>();

function textOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  const text = texts.get(data) ?? JSON.stringify(data);
  texts.set(data, text);
  return text;
}

/** Answers with an open stream. Refuse before: there is no other answer after this. */
export function openEventStream(reply: FastifyReply): EventStream {
  reply.hijack();
  const stream = reply.raw;
  stream.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  /** Whoever was told to end may still be sent something before he is gone: that is no error. */
  const write = (text: string) => void (stream.writableEnded || stream.write(text));
  // Who asks for the head alone gets no more, and would wait for it for ever.
  if (reply.request.method === 'HEAD') stream.end();
  write('retry: 1000\n\n');
  const keepAlive = setInterval(() => write(': still here\n\n'), keepAliveMs);
  stream.on('close', () => clearInterval(keepAlive));
  return {
    send: (name, data) => {
      if (stream.writableLength > mostUnreadBytes) stream.destroy();
      else write(`event: ${name}\ndata: ${textOf(data)}\n\n`);
    },
    end: () => void stream.end(),
    onClose: (act) => void stream.once('close', act),
  };
}
