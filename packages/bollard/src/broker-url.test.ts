import { expect, it } from 'vitest';
import { brokerUrlOf } from './broker-url.ts';

it.each([
  'mqtt://localhost',
  'mqtts://broker.example:8883',
  'wss://vigie.example/mqtt',
  'tcp://10.0.0.1:1883',
])('takes %s as it is', (url) => {
  expect(brokerUrlOf(url)).toBe(url);
});

it.each(['localhost:1883', 'http://localhost', 'mqtt://', 'mqtt://host:99999', ''])(
  'refuses "%s" and says how it is written',
  (text) => {
    expect(() => brokerUrlOf(text)).toThrow(/is no broker: write mqtt:\/\/host:1883/);
  },
);
