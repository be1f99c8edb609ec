import { topics } from '@vigie/contracts/topics';
import { connectAsync } from 'mqtt';
import { expect, it } from 'vitest';
import { createTestBroker } from '../testing/broker.ts';
import { someLetter, someNotice } from '../testing/letters.ts';
import { createMqttCarrier } from './notifications.mqtt.ts';

const key = 'a-key-that-is-long-enough';

it('a notice reaches integrators on the topic of its zone, and is not kept', async () => {
  const broker = createTestBroker({ 'integrator:town': { key, kind: 'integrator', id: 'town' } });
  await broker.start();
  const connect = () =>
    connectAsync(`mqtt://127.0.0.1:${broker.port()}`, {
      username: 'integrator:town',
      password: key,
      reconnectPeriod: 0,
    });
  const carrier = createMqttCarrier(broker);
  const heard: [string, unknown][] = [];
  const listener = await connect();
  listener.on('message', (topic, payload) => {
    heard.push([topic, JSON.parse(payload.toString())]);
  });
  await listener.subscribeAsync(topics.caseNotice('+'), { qos: 1 });
  await carrier.send(someLetter({ channel: 'mqtt', recipient: 'z1' }));
  await expect.poll(() => heard).toEqual([['vigie/cases/z1', someNotice]]);

  const late = await connect();
  late.on('message', (topic) => void heard.push([topic, 'late']));
  await late.subscribeAsync(topics.caseNotice('+'), { qos: 1 });
  await carrier.send(someLetter({ channel: 'mqtt', recipient: 'z2' }));
  await expect.poll(() => heard.filter(([, what]) => what === 'late')).toHaveLength(1);

  await Promise.all([listener.endAsync(true), late.endAsync(true)]);
  carrier.stop();
  await broker.stop();
});
