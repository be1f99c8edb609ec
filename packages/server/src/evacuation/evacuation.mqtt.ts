import { WorkerAnswer, type WorkerEnquiry } from '@vigie/contracts/camera-enquiries';
import { AlarmSignal, type RoomState } from '@vigie/contracts/evacuation';
import { idIn, topics } from '@vigie/contracts/topics';
import {
  type CameraConfig,
  Crossing,
  decodeFrame,
  encodeFedPicture,
  type FedPicture,
  Headcount,
  type Watch,
  WorkerStatus,
} from '@vigie/contracts/vision';
import type * as z from 'zod';
import type { Bus, BusMessage, PublishOptions } from '../platform/bus.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { CameraEnquiries } from './rooms/camera-enquiries.service.ts';
import type { LiveViewsService } from './rooms/live-views.service.ts';
import type { RoomPublisher, RoomsService } from './rooms/rooms.service.ts';

/** What the topics of this feature say to the bus. Sends without waiting; what fails is logged and sent again with the next state. */
export function createEvacuationPublisher(
  bus: Pick<Bus, 'publish'>,
  log: Log,
): RoomPublisher & {
  watch(cameraId: string, watch: Watch): void;
  picture(cameraId: string, picture: FedPicture): void;
  enquiry(worker: string, enquiry: WorkerEnquiry): void;
  cap(buildingId: string, xml: string): void;
  buildingGone(buildingId: string): void;
} {
  const send = (topic: string, text: string | Uint8Array, options?: PublishOptions) => {
    bus
      .publish(topic, text, options)
      .catch((error: unknown) =>
        log.warn({ topic, error: messageOf(error) }, 'a message could not be published'),
      );
  };
  return {
    roomState: (state: RoomState) => {
      send(topics.roomState(state.roomId), JSON.stringify(state), { retain: true });
      send(topics.roomPerson(state.roomId), String(state.count ?? 'unknown'), { retain: true });
    },
    cameraConfig: (id: string, config: CameraConfig) =>
      send(topics.cameraConfig(id), JSON.stringify(config), { retain: true }),
    cameraGone: (id: string) => send(topics.cameraConfig(id), '', { retain: true }),
    cameraRests: (id: string) => send(topics.cameraConfig(id), '', { retain: true }),
    roomGone: (id: string) => {
      send(topics.roomState(id), '', { retain: true });
      send(topics.roomPerson(id), '', { retain: true });
    },
    buildingGone: (id: string) => send(topics.buildingCap(id), '', { retain: true }),
    watch: (id: string, watch: Watch) => send(topics.cameraWatch(id), JSON.stringify(watch)),
    enquiry: (worker: string, enquiry: WorkerEnquiry) =>
      send(topics.workerEnquiry(worker), JSON.stringify(enquiry)),
    cap: (id: string, xml: string) => send(topics.buildingCap(id), xml, { retain: true }),
    picture: (id: string, picture: FedPicture) =>
      send(topics.cameraPicture(id), encodeFedPicture(picture), { qos: 0 }),
  };
}

interface BusDeps {
  bus: Pick<Bus, 'handle'>;
  rooms: Pick<RoomsService, 'takeHeadcount' | 'takeCrossing' | 'workerGone'>;
  views: Pick<LiveViewsService, 'isWatched' | 'show'>;
  enquiries: Pick<CameraEnquiries, 'noteWorker' | 'takeAnswer'>;
  /** Resolves after the commit; rejects when the sender must repeat it. */
  takeAlarm: (buildingId: string, signal: AlarmSignal) => Promise<void>;
  log: Log;
}

/** Takes headcounts, pictures, workers' lives and alarms from the bus. A bad message is logged and changes nothing. */
export function handleEvacuationTopics(deps: BusDeps): void {
  const { bus, rooms, views, enquiries, takeAlarm, log } = deps;
  const readJson = createReader(log);

  bus.handle(topics.cameraHeadcount('+'), async (message) => {
    const id = idIn(topics.cameraHeadcount, message.topic);
    const headcount = readJson(Headcount, message);
    if (!id || !headcount) return;
    if (!rooms.takeHeadcount(id, headcount)) {
      log.debug({ camera: id }, 'a headcount of a camera that is not registered was left out');
    }
  });

  bus.handle(topics.cameraCrossings('+'), async (message) => {
    const id = idIn(topics.cameraCrossings, message.topic);
    const crossing = readJson(Crossing, message);
    if (!id || !crossing) return;
    if (!(await rooms.takeCrossing(id, crossing))) {
      log.warn(
        { camera: id, line: crossing.lineId },
        'a crossing of a line that is not drawn was left out',
      );
    }
  });

  bus.handle(topics.workerStatus('+'), async (message) => {
    const worker = idIn(topics.workerStatus, message.topic);
    const status = readJson(WorkerStatus, message);
    if (!worker || !status) return;
    enquiries.noteWorker(worker, status);
    if (status.online) return log.info({ worker, model: status.model }, 'a vision worker is there');
    log.warn(
      { worker },
      'a vision worker is gone; its cameras are unknown until another takes over',
    );
    rooms.workerGone(worker);
  });

  bus.handle(topics.workerAnswer('+'), async (message) => {
    const worker = idIn(topics.workerAnswer, message.topic);
    const answer = readJson(WorkerAnswer, message);
    if (worker && answer) enquiries.takeAnswer(worker, answer);
  });

  bus.handle(topics.cameraFrame('+'), async (message) => {
    const id = idIn(topics.cameraFrame, message.topic);
    if (!id || !views.isWatched(id)) return;
    try {
      views.show(id, decodeFrame(message.payload).header, message.payload);
    } catch (error) {
      log.warn(
        { camera: id, error: messageOf(error) },
        'a picture that cannot be read was left out',
      );
    }
  });

  const alarm = async (message: BusMessage) => {
    const id = idIn(topics.buildingAlarm, message.topic);
    const signal = readJson(AlarmSignal, message);
    if (id && signal) await takeAlarm(id, signal);
  };
  bus.handle(topics.buildingAlarm('+'), alarm, { shared: true });
}

/** Parses by contract. A sender that keeps sending bad messages is logged once, until it sends a good one. */
function createReader(log: Log) {
  const badTopics = new Set<string>();
  return <S extends z.ZodType>(
    schema: S,
    { topic, payload }: BusMessage,
  ): z.infer<S> | undefined => {
    if (payload.length === 0) return undefined;
    try {
      const value = schema.parse(JSON.parse(new TextDecoder().decode(payload)));
      badTopics.delete(topic);
      return value;
    } catch (error) {
      if (!badTopics.has(topic)) {
        log.warn(
          { topic, error: messageOf(error) },
          'a message breaks its contract and was left out',
        );
      }
      badTopics.add(topic);
      return undefined;
    }
  };
}
