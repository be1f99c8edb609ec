import { connectAsync, type MqttClient } from 'mqtt';

/**
 * A street of bollards in a process of its own, so that it shares neither core nor file handles with the server: connects, then publishes
 * `each` events a bollard, one after the other's acknowledgement. Times in ms.
 */
export interface Street {
  url: string;
  key: string;
  from: number;
  bollards: number;
  each: number;
  /** How long ago the first event is told to have happened: later rounds must not be late ones. */
  hoursAgo: number;
  /** Pause between two events of a bollard; 0: as fast as they are acknowledged. */
  pauseMs: number;
}

export interface StreetResult {
  connectMs: number;
  publishMs: number;
  /** From publishing to the acknowledgement. */
  acks: number[];
  /** From publishing to the next display. */
  displays: number[];
}

const street: Street = JSON.parse(process.argv[2] ?? '{}');
const acks: number[] = [];
const displays: number[] = [];

const began = performance.now();
const clients: { id: string; client: MqttClient; waitingSince: number }[] = [];
for (let first = 0; first < street.bollards; first += 200) {
  const size = Math.min(200, street.bollards - first);
  clients.push(
    ...(await Promise.all(Array.from({ length: size }, (_, n) => open(street.from + first + n)))),
  );
}
const connected = performance.now();
await Promise.all(clients.map(report));
const published = performance.now();
await Promise.all(clients.map(({ client }) => client.endAsync()));
const result: StreetResult = {
  connectMs: connected - began,
  publishMs: published - connected,
  acks,
  displays,
};
process.send?.(result);

async function open(n: number) {
  const id = `b${n}`;
  const client = await connectAsync(street.url, { username: id, password: street.key });
  const bollard = { id, client, waitingSince: 0 };
  client.on('message', () => {
    if (bollard.waitingSince > 0) displays.push(performance.now() - bollard.waitingSince);
    bollard.waitingSince = 0;
  });
  if (street.pauseMs > 0) await client.subscribeAsync(`vigie/bollards/${id}/display`, { qos: 1 });
  return bollard;
}

async function report(bollard: (typeof clients)[number]): Promise<void> {
  const { id, client } = bollard;
  if (street.pauseMs > 0) await pause(Math.random() * street.pauseMs);
  const start = Date.now() - street.hoursAgo * 3_600_000;
  for (let n = 0; n < street.each; n++) {
    const at = new Date(start + n * 20 * 60_000).toISOString();
    const sentAt = performance.now();
    bollard.waitingSince = sentAt;
    await client.publishAsync(
      `vigie/bollards/${id}/state`,
      JSON.stringify({ v: 1, occupied: n % 2 === 0, at, seq: n }),
      { qos: 1 },
    );
    acks.push(performance.now() - sentAt);
    if (street.pauseMs > 0) await pause(street.pauseMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
