import { topics } from '@vigie/contracts/topics';
import type { Headcount } from '@vigie/contracts/vision';
import { connect } from 'mqtt';

/** What its parent tells the worker: who is before which camera, and which camera stands still. */
export interface Scene {
  /** by camera id */
  people: Record<string, number>;
  frozen: string[];
}

/** A worker that says five times a second what its cameras see, until it is killed. A frozen camera repeats its last look. */
const { url, key, scene: first } = JSON.parse(process.argv[2] ?? '{}');
let scene: Scene = first;
/** when each camera looked last, by camera id */
const lookedAt = new Map<string, number>();

const status = (online: boolean) =>
  JSON.stringify({ v: 1, online, model: 'drill', provider: 'cpu', cameras: [] });
const worker = connect(url, {
  username: 'worker:w',
  password: key,
  reconnectPeriod: 200,
  will: {
    topic: topics.workerStatus('w'),
    payload: Buffer.from(status(false)),
    qos: 1,
    retain: true,
  },
});
worker.on('error', () => undefined);
worker.on('connect', () =>
  worker.publish(topics.workerStatus('w'), status(true), { retain: true }),
);

function speak(id: string, count: number): void {
  const now = Date.now();
  if (!scene.frozen.includes(id)) lookedAt.set(id, now);
  const at = lookedAt.get(id) ?? now;
  const headcount: Headcount = {
    v: 1,
    at: new Date(at).toISOString(),
    count,
    min: count,
    max: count,
    health: 'ok',
    warnings: [],
    fps: 5,
    ageMs: now - at,
    worker: 'w',
  };
  worker.publish(topics.cameraHeadcount(id), JSON.stringify(headcount), { qos: 0, retain: true });
}

setInterval(() => {
  if (!worker.connected) return;
  for (const [id, count] of Object.entries(scene.people)) speak(id, count);
}, 200);
process.on('message', (told: Scene) => {
  scene = told;
});
process.on('disconnect', () => process.exit());
