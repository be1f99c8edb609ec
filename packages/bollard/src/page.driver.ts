import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Face } from '@vigie/contracts/parking-stage';
import type { Driver } from './bollard.service.ts';
import { faceHtml, liveScript, pageHtml } from './face-page.ts';

/** A screen that a browser in kiosk mode shows. */
export interface PageDriver extends Driver {
  /** Where the page is, on this machine only. */
  readonly url: string;
}

const host = '127.0.0.1';
const style = readFileSync(fileURLToPath(import.meta.resolve('@vigie/palette/display.css')));

/** Serves the face as a page on `port` of this machine (0: any free one). @throws Error when the port is taken. */
export async function openPageDriver(port: number): Promise<PageDriver> {
  let face: Face = { kind: 'waiting' };
  const watchers = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === '/events') watch(response, watchers, face);
    else answer(request, response, face);
  });
  await listening(server, port);
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/`,
    show: (wanted) => {
      face = wanted;
      for (const watcher of watchers) watcher.write(eventOf(face));
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const eventOf = (face: Face): string => `data: ${faceHtml(face)}\n\n`;

/** Server-Sent Events; the first is the face of now, which may have changed since the page was made. */
function watch(response: ServerResponse, watchers: Set<ServerResponse>, face: Face): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`retry: 1000\n\n${eventOf(face)}`);
  watchers.add(response);
  response.on('close', () => watchers.delete(response));
}

function answer({ url }: IncomingMessage, response: ServerResponse, face: Face): void {
  const files: Record<string, [type: string, body: string | Buffer]> = {
    '/': ['text/html; charset=utf-8', pageHtml(face)],
    '/display.css': ['text/css', style],
    '/live.js': ['text/javascript', liveScript],
  };
  const [type, body] = files[url?.split('?')[0] ?? ''] ?? [];
  if (type === undefined) return void response.writeHead(404).end();
  response
    .writeHead(200, {
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:",
    })
    .end(body);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'it is taken' : cause.message;
      const remedy = 'Choose another port for the screen.';
      reject(new Error(`Port ${port} of ${host} cannot be used: ${reason}. ${remedy}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
