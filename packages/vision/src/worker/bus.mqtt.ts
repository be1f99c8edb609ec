import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { idIn, topics, usernameOf } from '@vigie/contracts/topics';
import {
  type Crossing,
  decodeFedPicture,
  encodeFrame,
  type FedPicture,
  Watch,
  WorkerStatus,
} from '@vigie/contracts/vision';
import { connect, type MqttClient } from 'mqtt';
import type * as z from 'zod';
import type { BusEvents, WorkerBus, WorkerLog } from './bus.ts';

/** The broker notices a dead worker after one and a half of this, in seconds. */
const KEEP_ALIVE_S = 5;
const RETRY_MS = 1000;
const GOOD_BYE_MS = 2000;

const OFFLINE: WorkerStatus = {
  online: false,
  cameras: [],
  capacityFps: 0,
  model: null,
  models: [],
};

/** PEM texts. */
export interface BrokerTls {
  ca?: string;
  cert?: string;
  key?: string;
}

interface BusOptions {
  readonly brokerUrl: string;
  readonly workerId: string;
  readonly key: string;
  /** PEM: the only authority to trust, and what is shown to the broker; `undefined`: as the system trusts. */
  readonly brokerTls?: BrokerTls | undefined;
  readonly log: WorkerLog;
}

/** The worker's end of the bus: MQTT 3.1.1 as `worker:{id}`, its will frees its cameras. */
export function createBus({ brokerUrl, workerId, key, brokerTls, log }: BusOptions): WorkerBus {
  let client: MqttClient | undefined;
  let isStopping = false;

  const send = (topic: string, payload: string | Buffer, retain: boolean): void => {
    if (client?.connected) client.publish(topic, payload, { qos: 0, retain });
  };

  /** by topic */
  const followers = new Map<string, (picture: FedPicture) => void>();

  let lastError = '';
  const report = (error: Error): void => {
    // The client tries again every second; the same trouble is said once. While it ends, answers find it closed.
    const isNew = error.message !== lastError && !isStopping;
    if (isNew)
      log.error({ error: error.message }, 'no connection to the broker; it is tried again');
    lastError = error.message;
  };

  return {
    start(events) {
      client = connect(brokerUrl, {
        ...brokerTls,
        clientId: `vigie-worker-${workerId}`,
        username: usernameOf('worker', workerId),
        password: key,
        clean: true,
        keepalive: KEEP_ALIVE_S,
        reconnectPeriod: RETRY_MS,
        queueQoSZero: false,
        will: {
          topic: topics.workerStatus(workerId),
          payload: Buffer.from(JSON.stringify(OFFLINE)),
          qos: 1,
          retain: true,
        },
      });
      listen(client, { workerId, events, log });
      client.on('connect', () => client?.subscribe([...followers.keys()]));
      client.on('message', (topic, payload) => {
        if (payload.length > 4) followers.get(topic)?.(decodeFedPicture(payload));
      });
      client.on('error', report);
      client.on('connect', () => {
        lastError = '';
      });
    },
    publishStatus(status) {
      send(topics.workerStatus(workerId), JSON.stringify(status), true);
    },
    publishHeadcount(cameraId, headcount) {
      send(topics.cameraHeadcount(cameraId), JSON.stringify(headcount), true);
    },
    publishPassage(cameraId, { at, ...passage }) {
      const when = new Date(at).toISOString();
      const crossing: Crossing = { v: 1, id: randomUUID(), at: when, ...passage };
      client?.publish(topics.cameraCrossings(cameraId), JSON.stringify(crossing), { qos: 1 });
    },
    publishOccupancy(cameraId, occupancy) {
      client?.publish(topics.cameraOccupancy(cameraId), JSON.stringify(occupancy), { qos: 1 });
    },
    publishAnswer(answer) {
      send(topics.workerAnswer(workerId), JSON.stringify(answer), false);
    },
    forget(cameraId) {
      send(topics.cameraHeadcount(cameraId), '', true);
    },
    followPictures(cameraId, onPicture) {
      const topic = topics.cameraPicture(cameraId);
      followers.set(topic, onPicture);
      if (client?.connected) client.subscribe(topic);
      return () => {
        if (followers.get(topic) !== onPicture) return;
        followers.delete(topic);
        if (client?.connected) client.unsubscribe(topic);
      };
    },
    publishFrame(cameraId, header, jpeg) {
      send(topics.cameraFrame(cameraId), Buffer.from(encodeFrame(header, jpeg)), false);
    },
    async stop(last) {
      isStopping = true;
      if (!client) return;
      if (client.connected) {
        const topic = topics.workerStatus(workerId);
        const said = client.publishAsync(topic, JSON.stringify(last), { qos: 1, retain: true });
        // A broker that hangs must not keep this process alive.
        await Promise.race([said, delay(GOOD_BYE_MS, undefined, { ref: false })]);
      }
      await client.endAsync(!client.connected);
    },
  };
}

interface Listener {
  readonly workerId: string;
  readonly events: BusEvents;
  readonly log: WorkerLog;
}

function listen(client: MqttClient, { workerId, events, log }: Listener): void {
  const enquiry = topics.workerEnquiry(workerId);
  const subscriptions = [
    enquiry,
    topics.workerStatus('+'),
    topics.cameraConfig('+'),
    topics.cameraWatch('+'),
  ];
  client.on('connect', () => {
    log.info({}, 'connected to the broker');
    events.onConnected();
    client.subscribe(subscriptions, { qos: 1 }, (error) => {
      if (error)
        log.error(
          { error: error.message },
          'the broker refuses the subscriptions; check the rights of this worker',
        );
    });
  });
  client.on('message', (topic, payload) => {
    if (topic === enquiry) events.onEnquiry(payload.toString());
    else dispatch(topic, payload.toString(), events, log);
  });
}

function dispatch(topic: string, text: string, events: BusEvents, log: WorkerLog): void {
  const configured = idIn(topics.cameraConfig, topic);
  const watchedCamera = idIn(topics.cameraWatch, topic);
  const worker = idIn(topics.workerStatus, topic);
  if (configured) events.onConfig(configured, text);
  if (watchedCamera) {
    const watch = parsed(Watch, text);
    if (watch) events.onWatch(watchedCamera, watch);
    else log.warn({ topic }, 'unreadable request for pictures; it is ignored');
  }
  if (worker && text !== '') {
    const status = parsed(WorkerStatus, text);
    if (status) events.onStatus(worker, status);
    else log.warn({ topic }, 'unreadable status of a worker; it is ignored');
  }
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
