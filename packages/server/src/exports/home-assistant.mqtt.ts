import { type Bollard, cameraModel } from '@vigie/contracts/devices';
import { homeAssistantStatus } from '@vigie/contracts/topics';
import type { ParkingRecords } from '../parking/index.ts';
import type { Bus } from '../platform/bus.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { type Announcement, bollardEntities, roomEntity } from './home-assistant.ts';

/** How often new and changed things are looked for. */
const lookEveryMs = 30_000;

/** Where bollards and rooms are found. */
export interface Registry {
  listBollards(): Promise<Bollard[]>;
  listRooms(): { id: string; name: string; buildingName: string }[];
  listPlaces: ParkingRecords['listPlaces'];
}

interface HomeAssistantDeps {
  bus: Bus;
  registry: Registry;
  publicUrl: string;
  log: Log;
}

/**
 * Announces every bollard and room, retained, each once, and all of them again when a Home Assistant says that it has
 * started. What goes while the server runs is taken back.
 */
export function createHomeAssistant({ bus, registry, publicUrl, log }: HomeAssistantDeps) {
  /** payload by topic, as it stands on the broker */
  const announced = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isOpen = false;
  let isForgotten = false;

  async function announcements(): Promise<Announcement[]> {
    const all = await registry.listPlaces();
    const places = new Map(all.map((one) => [one.space.id, one]));
    const bollards = (await registry.listBollards()).flatMap(({ id, model, spaceId }) => {
      const record = places.get(spaceId ?? '');
      // A camera speaks for many spaces, on a topic that is not its sensors'.
      if (!record || model === cameraModel) return [];
      const { space, zone } = record;
      return bollardEntities({ id, model, place: space.label, zoneName: zone.name }, publicUrl);
    });
    return [...bollards, ...registry.listRooms().map((room) => roomEntity(room, publicUrl))];
  }

  async function publish(topic: string, payload: string): Promise<void> {
    if (announced.get(topic) === payload) return;
    await bus.publish(topic, payload, { retain: true });
    if (payload === '') announced.delete(topic);
    else announced.set(topic, payload);
  }

  async function look(): Promise<void> {
    const gone = new Set(announced.keys());
    if (isForgotten) announced.clear();
    isForgotten = false;
    for (const { topic, entity } of await announcements()) {
      if (!isOpen) return;
      gone.delete(topic);
      await publish(topic, JSON.stringify(entity));
    }
    for (const topic of gone) await publish(topic, '');
  }

  /** One look at a time: a Home Assistant that starts over and over asks for no more than one after the other. */
  function lookSoon(): Promise<void> {
    running ??= look()
      .catch((error: unknown) =>
        log.warn({ error: messageOf(error) }, 'Home Assistant could not be told; tried again'),
      )
      .finally(() => {
        running = undefined;
        if (isForgotten && isOpen) void lookSoon();
      });
    return running;
  }

  bus.handle(homeAssistantStatus, async ({ payload }) => {
    if (!isOpen || new TextDecoder().decode(payload) !== 'online') return;
    isForgotten = true;
    // Not awaited: the sender's acknowledgement must not wait for all that it asked for.
    void lookSoon();
  });

  return {
    /** Does not wait: ten thousand bollards are fifty thousand messages. */
    start: (): void => {
      isOpen = true;
      timer = setInterval(lookSoon, lookEveryMs);
      void lookSoon();
    },
    stop: async (): Promise<void> => {
      isOpen = false;
      clearInterval(timer);
      await running;
    },
  };
}
