import { HomeAssistantEntity } from '@vigie/contracts/exports';
import { Town } from '@vigie/contracts/town';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '../testing/app.ts';

const key = 'a-key-that-is-long-enough';
const town = Town.parse({
  zones: [{ id: 'street', name: 'Rue', allowedDays: 7 }],
  spaces: [{ id: 's1', zoneId: 'street', label: 'Place 1' }],
  bollards: [{ id: 'b1', spaceId: 's1', key }],
  buildings: [{ id: 'hall', name: 'Mairie' }],
  rooms: [{ id: 'r1', buildingId: 'hall', name: 'Salle 1' }],
});
const occupied = 'homeassistant/binary_sensor/vigie_bollard_b1_occupied/config';

let app: Awaited<ReturnType<typeof startTestApp>>;
const clients: MqttClient[] = [];

beforeAll(async () => {
  app = await startTestApp({ VIGIE_HOME_ASSISTANT: 'on' });
  await app.importTown(town);
  await app.giveCredential('integrator', 'home', key);
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await app?.stop();
});

/** A client and everything it hears, by topic. */
async function open(username: string, filters: string[] = []) {
  const heard = new Map<string, string[]>();
  const client = await connectAsync(app.mqttUrl, { username, password: key, reconnectPeriod: 0 });
  clients.push(client);
  client.on('message', (topic, payload) =>
    heard.set(topic, [...(heard.get(topic) ?? []), payload.toString()]),
  );
  if (filters.length > 0) await client.subscribeAsync(filters, { qos: 1 });
  return { client, heard };
}

const everything = ['homeassistant/+/+/config', 'homeassistant/+/+/+/config'];

describe('Home Assistant', () => {
  it('finds bollards and rooms that were added while the server runs', async () => {
    const { client, heard } = await open('integrator:home', everything);
    await client.publishAsync('homeassistant/status', 'online', { qos: 1 });
    await expect.poll(() => heard.size, { timeout: 10_000 }).toBe(6);
    const entities = [...heard.values()].map(([text]) =>
      HomeAssistantEntity.parse(JSON.parse(text ?? '')),
    );
    expect(entities.map(({ name }) => name).sort()).toEqual(
      ['Battery', 'Day', 'Occupied', 'People', 'Signal', 'Stage'].sort(),
    );
    expect(JSON.parse(heard.get(occupied)?.[0] ?? '')).toMatchObject({
      state_topic: 'vigie/bollards/b1/display',
      availability: [{ topic: 'vigie/bollards/b1/status' }],
      device: { name: 'Place 1', suggested_area: 'Rue' },
    });
  });

  it('finds them retained when it comes later, and again when it says that it has started', async () => {
    const { client, heard } = await open('integrator:home', everything);
    await expect.poll(() => heard.get(occupied)?.length).toBe(1);
    await client.publishAsync('homeassistant/status', 'offline', { qos: 1 });
    await client.publishAsync('homeassistant/status', 'online', { qos: 1 });
    await expect.poll(() => heard.get(occupied)?.length, { timeout: 10_000 }).toBe(2);
  });

  it.each([
    { who: 'an integrator', username: 'integrator:home' },
    { who: 'a bollard', username: 'b1' },
  ])('is told nothing by $who', async ({ username }) => {
    const listener = await open('integrator:home', [occupied]);
    await expect.poll(() => listener.heard.get(occupied)?.length).toBe(1);
    const { client } = await open(username);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish(occupied, 'something else', { qos: 1, retain: true });
    await closed;
    const later = await open('integrator:home', [occupied]);
    await expect.poll(() => later.heard.get(occupied)?.length).toBe(1);
    expect(later.heard.get(occupied)?.[0]).toContain('vigie_bollard_b1_occupied');
    expect(listener.heard.get(occupied)).toHaveLength(1);
  });

  it('does not hear of it from a bollard’s account', async () => {
    const { heard, client } = await open('b1');
    await client.subscribeAsync(everything, { qos: 1 }).catch(() => undefined);
    await client.publishAsync('vigie/bollards/b1/status', 'online', { qos: 1, retain: true });
    expect(heard.size).toBe(0);
  });

  it('is told nothing unless it is wanted', async () => {
    const quiet = await startTestApp();
    try {
      await quiet.importTown(town);
      await quiet.giveCredential('integrator', 'home', key);
      const options = { username: 'integrator:home', password: key, reconnectPeriod: 0 };
      const client = await connectAsync(quiet.mqttUrl, options);
      clients.push(client);
      const heard: string[] = [];
      client.on('message', (topic) => void heard.push(topic));
      await client.subscribeAsync([...everything, 'vigie/rooms/+/state'], { qos: 1 });
      await client.publishAsync('homeassistant/status', 'online', { qos: 1 });
      // Rooms are told of every 2 s: by then an announcement would have come, too.
      await expect
        .poll(() => heard.filter((topic) => topic.startsWith('vigie/')).length, { timeout: 10_000 })
        .toBeGreaterThan(1);
      expect(heard.filter((topic) => topic.startsWith('homeassistant/'))).toEqual([]);
    } finally {
      await quiet.stop();
    }
  });
});
