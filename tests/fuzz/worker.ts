import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as fc from 'fast-check';
import { asyncApi } from '../../packages/contracts/src/asyncapi.ts';
import { seal } from '../../packages/contracts/src/seal.ts';
import { topics } from '../../packages/contracts/src/topics.ts';
import { startVisionWorker } from '../../packages/vision/src/index.ts';
import { discoverDevices } from '../../packages/vision/src/onvif/discovery.driver.ts';
import { startBroker } from '../../packages/vision/src/testing/broker.ts';
import { matchOf } from '../../packages/vision/src/testing/onvif-camera.ts';
import { textsLike } from './hostile.ts';
import type { JsonSchema } from './schema-inputs.ts';
import { type Target, targetOf } from './target.ts';
import { fits, payloadsOf } from './topics.ts';

/** What a vision worker hears, by the name of the topic. */
const heard = {
  workerEnquiry: () => topics.workerEnquiry('w'),
  workerStatus: topics.workerStatus,
  cameraConfig: topics.cameraConfig,
  cameraWatch: topics.cameraWatch,
  cameraPicture: topics.cameraPicture,
} as const;

const loopback = '127.0.0.1';
/** Nobody answers there. */
const nowhere = { group: loopback, port: 9, interfaces: [loopback], waitMs: 1 };

/** A vision worker without weights on a broker of its own, and what the bus may bring it. */
export async function workerTargets(): Promise<{ targets: Target[]; stop(): Promise<void> }> {
  const broker = await startBroker();
  const bus = await broker.watch();
  const sealKey = crypto.getRandomValues(new Uint8Array(32));
  const trouble: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    // Of a single camera that cannot be opened much may be said; that none is looked after any more, nothing.
    error: (about: object, text: string) => {
      if (text.includes('shared out')) trouble.push(`${text} ${JSON.stringify(about)}`);
    },
  };
  const options = { brokerUrl: broker.url, workerId: 'w', key: 'k', sealKey, modelsDirs: [] };
  const worker = await startVisionWorker({ ...options, log, threads: 1, discovery: nowhere });
  const sources = [await seal('browser:', sealKey), await seal('http://127.0.0.1:9/a', sealKey)];

  /** @throws Error when the worker says nothing any more. */
  async function mustAnswer(): Promise<void> {
    const id = randomUUID();
    const answer = bus.until(topics.workerAnswer('w'), (said) => String(said).includes(id), 10_000);
    const enquiry = { v: 1, id, kind: 'try', source: 'never sealed' };
    await bus.client.publishAsync(topics.workerEnquiry('w'), JSON.stringify(enquiry), { qos: 1 });
    await answer;
    if (trouble.length > 0) throw new Error(trouble.splice(0).join('\n'));
  }

  const targets = Object.entries(heard).map(([name, topicOf]) => {
    const { payload: schema } = asyncApi.components.messages[name] as { payload: JsonSchema };
    return targetOf({
      name: `worker on ${name}`,
      inputs: fc.record({
        id: fc.constantFrom('a', 'b', 'w'),
        payload: payloadsOf(name, schema, [...sources, 'a']),
      }),
      run: async ({ id, payload }) => {
        await bus.client.publishAsync(topicOf(id), Buffer.from(payload), { qos: 1 });
        return fits(schema, payload) ? 'taken' : 'refused';
      },
      settle: mustAnswer,
    });
  });
  return {
    targets,
    stop: async () => {
      await worker.stop();
      await broker.stop();
    },
  };
}

const group = '239.255.255.250';

/** What comes over the network when cameras are called. */
export async function discoveryTarget(): Promise<{ target: Target; stop(): void }> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.bind(0);
  await once(socket, 'listening');
  socket.addMembership(group, loopback);
  let answers: string[] = [];
  socket.on('message', (message, from) => {
    const id = /MessageID>([^<]+)</.exec(String(message))?.[1] ?? '';
    for (const text of answers.splice(0))
      socket.send(text.replaceAll('MESSAGE', id).slice(0, 60_000), from.port, from.address);
  });
  const place = { group, port: socket.address().port, interfaces: [loopback], waitMs: 20 };
  const samples = ['http://127.0.0.1:9/onvif', 'http://169.254.1.1/ http://[::1]:9/x'].map(
    (service) => matchOf('MESSAGE', service, 'Hall'),
  );
  return {
    target: targetOf({
      name: 'answers to a call on the network',
      // Half a second each, with many answers.
      weight: 0.02,
      inputs: fc.array(textsLike(...samples), { minLength: 10, maxLength: 40 }),
      run: async (texts) => {
        answers = [...texts];
        let found = 0;
        await discoverDevices(place, [], (all) => {
          found = all.length;
        });
        if (answers.length > 0) throw new Error('the call was not heard');
        return found > 0 ? 'taken' : 'refused';
      },
    }),
    stop: () => socket.close(),
  };
}
