import { type Bollard, createBollard, createSimulatedDriver, type Log } from '@vigie/bollard';
import type { Face } from '@vigie/contracts/parking-stage';
import { createStorySpace, type Role, type StorySpace, visitsTo } from './parking-story.ts';

/** A bollard of the demo town, with its own credential. */
export interface SimulatedBollard {
  id: string;
  key: string;
  spaceId: string;
  allowedDays: number;
  role: Role;
}

interface SimulationOptions {
  bollards: readonly SimulatedBollard[];
  brokerUrl: string;
  clock: { now(): Date };
  seed: number;
  log: Log;
}

/** Cars that come and go in front of real bollard programs, each on its own connection. */
export interface ParkingSimulation {
  start(): Promise<void>;
  /** The car on the space is removed; nothing happens when there is none. */
  towAway(spaceId: string): void;
  /** Colours that the lamp on the space has shown, in order, black included; empty for an unknown space. */
  coloursOn(spaceId: string): string[];
  stop(): Promise<void>;
}

interface Place {
  spaceId: string;
  bollard: Bollard;
  faces: readonly Face[];
  story: StorySpace;
}

/** How often the simulated world is looked at, in real ms: 29 minutes of the demo's parking time. */
const lookMs = 100;
/** Real ms between two signs of life: one parking day. */
const heartbeatMs = 5000;

/** Every event carries the time of the clock at which it happened. */
export function createParkingSimulation(options: SimulationOptions): ParkingSimulation {
  const { bollards, brokerUrl, clock, seed, log } = options;
  const places: Place[] = [];
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const now = clock.now();
    for (const { bollard, story } of places) {
      if (story.advance(now)) bollard.sense(story.isOccupied());
    }
  }

  async function open({ id, key, spaceId, allowedDays, role }: SimulatedBollard, index: number) {
    const driver = createSimulatedDriver();
    const settings = { tickMs: lookMs, reconnectMs: 1000, heartbeatMs };
    const bollard = createBollard({ id, key, brokerUrl, clock, driver, log, ...settings });
    const visits = visitsTo({ role, allowedDays, seed: seed + index });
    const story = createStorySpace(visits, clock.now());
    places.push({ spaceId, bollard, faces: driver.faces, story });
    await bollard.start();
    bollard.sense(false);
  }

  return {
    start: async () => {
      await Promise.all(bollards.map(open));
      timer = setInterval(look, lookMs);
    },
    towAway: (spaceId) => {
      for (const place of places) if (place.spaceId === spaceId) place.story.towAway();
    },
    coloursOn: (id) => {
      const faces = places.filter(({ spaceId }) => spaceId === id).flatMap((place) => place.faces);
      return faces.flatMap((face) => litColour(face) ?? []);
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all(places.map(({ bollard }) => bollard.stop()));
    },
  };
}

const litColour = (face: Face): string | undefined =>
  face.kind === 'day' ? face.colour : face.kind === 'overstay' ? '#000000' : undefined;
