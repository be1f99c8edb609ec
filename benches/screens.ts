import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { ModbusTCPServer } from 'jsmodbus';
import { connectAsync } from 'mqtt';

/** What the screens are given: where to look, whom to be. `trials`: alarms by each input. */
export interface Screens {
  url: string;
  mqttUrl: string;
  login: { username: string; password: string };
  panelKey: string;
  webhookKey: string;
  bareUrl: string;
  count: number;
  trials: number;
}

/** Milliseconds from the input to each screen. */
export type Delays = Record<'bare' | 'webhook' | 'mqtt' | 'modbus', number[]>;

/** The process of the screens tells its port of Modbus first, takes `go`, then tells what it measured. */
export type ScreensWord = { modbusPort: number } | { delays: Delays };

const given: Screens = JSON.parse(process.argv[2] ?? '{}');
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An open stream and when its next event of the awaited name came. */
interface Screen {
  cameAt: number | undefined;
  close(): void;
}

async function openScreen(url: string, headers: Record<string, string>): Promise<Screen> {
  const ending = new AbortController();
  const answer = await fetch(url, { headers, signal: ending.signal });
  const screen: Screen = { cameAt: undefined, close: () => ending.abort() };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      if (decoder.decode(chunk).includes('event: board\n')) screen.cameAt ??= performance.now();
    }
  };
  read().catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
  return screen;
}

async function measure(
  screens: readonly Screen[],
  act: () => Promise<unknown> | undefined,
): Promise<number[]> {
  for (const screen of screens) screen.cameAt = undefined;
  const from = performance.now();
  await act();
  while (screens.some(({ cameAt }) => cameAt === undefined)) await wait(5);
  return screens.map(({ cameAt }) => (cameAt ?? Number.NaN) - from);
}

async function signedIn(): Promise<Record<string, string>> {
  const answer = await fetch(`${given.url}/api/v1/auth/sign-in/username`, {
    method: 'POST',
    headers: { origin: given.url, 'content-type': 'application/json' },
    body: JSON.stringify(given.login),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { origin: given.url, cookie: cookie.join('; '), 'content-type': 'application/json' };
}

async function endAll(headers: Record<string, string>): Promise<void> {
  const answer = await fetch(`${given.url}/api/v1/incidents`, { headers });
  for (const { id, endedAt } of (await answer.json()) as { id: string; endedAt: string | null }[]) {
    if (endedAt !== null) continue;
    const body = JSON.stringify({ reason: 'measured' });
    await fetch(`${given.url}/api/v1/incidents/${id}/end`, { method: 'POST', headers, body });
  }
}

function postWebhook(): Promise<Response> {
  const body = JSON.stringify({ v: 1, active: true, kind: 'test', at: new Date().toISOString() });
  const id = randomUUID();
  const timestamp = Math.floor(Date.now() / 1000);
  const mac = createHmac('sha256', given.webhookKey).update(`${id}.${timestamp}.${body}`);
  return fetch(`${given.url}/api/v1/alarms/b`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${mac.digest('base64')}`,
    },
    body,
  });
}

async function measureAll(discrete: Buffer): Promise<Delays> {
  const headers = await signedIn();
  const panel = await connectAsync(given.mqttUrl, {
    username: 'panel:b',
    password: given.panelKey,
  });
  const publish = () => {
    const signal = { v: 1, active: true, kind: 'test', at: new Date().toISOString() };
    return panel.publishAsync('vigie/buildings/b/alarm', JSON.stringify(signal), { qos: 1 });
  };
  const close = async () => {
    discrete[0] = 1;
  };
  const open = (url: string) =>
    Promise.all(Array.from({ length: given.count }, () => openScreen(url, headers)));
  const bareScreens = await open(`${given.bareUrl}/events`);
  const screens = await open(`${given.url}/api/v1/events`);
  const delays: Delays = { bare: [], webhook: [], mqtt: [], modbus: [] };
  for (let trial = 0; trial < given.trials; trial++) {
    delays.bare.push(...(await measure(bareScreens, () => fetch(`${given.bareUrl}/go`))));
    for (const [name, act] of [
      ['webhook', postWebhook],
      ['mqtt', publish],
      ['modbus', close],
    ] as const) {
      delays[name].push(...(await measure(screens, act)));
      await endAll(headers);
      discrete[0] = 0;
      // A contact rests for 2 s before it can alarm again; chance, so that the alarm falls anywhere between two looks.
      await wait(name === 'modbus' ? 2500 + 100 * Math.random() : 300);
    }
  }
  for (const screen of [...bareScreens, ...screens]) screen.close();
  await panel.endAsync(true);
  return delays;
}

const discrete = Buffer.alloc(2);
const server = createServer().listen(0, '127.0.0.1', () => {
  new ModbusTCPServer(server, { discrete });
  process.send?.({ modbusPort: (server.address() as { port: number }).port });
});
process.once('message', async () => {
  const delays = await measureAll(discrete);
  // Only what was sent whole is heard.
  process.send?.({ delays }, () => process.exit());
});
