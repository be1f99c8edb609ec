import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeviceKind } from './devices.ts';
import {
  filterCovers,
  homeAssistantStatus,
  idIn,
  topicRights,
  topics,
  usernameOf,
} from './topics.ts';

describe('a topic filter', () => {
  it.each([
    // The examples of MQTT 3.1.1, clauses 4.7.1.2, 4.7.1.3 and 4.7.2.
    { filter: 'sport/tennis/player1/#', topic: 'sport/tennis/player1', covers: true },
    { filter: 'sport/tennis/player1/#', topic: 'sport/tennis/player1/ranking', covers: true },
    {
      filter: 'sport/tennis/player1/#',
      topic: 'sport/tennis/player1/score/wimbledon',
      covers: true,
    },
    { filter: 'sport/#', topic: 'sport', covers: true },
    { filter: '#', topic: 'sport/tennis', covers: true },
    { filter: 'sport/tennis/#/ranking', topic: 'sport/tennis/player1/ranking', covers: false },
    { filter: 'sport/tennis/+', topic: 'sport/tennis/player1', covers: true },
    { filter: 'sport/tennis/+', topic: 'sport/tennis/player1/ranking', covers: false },
    { filter: 'sport/+', topic: 'sport', covers: false },
    { filter: 'sport/+', topic: 'sport/', covers: true },
    { filter: '+/tennis/#', topic: 'sport/tennis/player1', covers: true },
    { filter: 'sport/+/player1', topic: 'sport/tennis/player1', covers: true },
    { filter: '+/+', topic: '/finance', covers: true },
    { filter: '/+', topic: '/finance', covers: true },
    { filter: '+', topic: '/finance', covers: false },
    { filter: '#', topic: '$SYS/broker/uptime', covers: false },
    { filter: '+/monitor/Clients', topic: '$SYS/monitor/Clients', covers: false },
    { filter: '$SYS/#', topic: '$SYS/monitor/Clients', covers: true },
    { filter: '$SYS/monitor/+', topic: '$SYS/monitor/Clients', covers: true },
    { filter: 'ACCOUNTS', topic: 'Accounts', covers: false },
    { filter: 'sport', topic: 'sport/tennis', covers: false },
    // A filter as the second word: does a right cover what a device subscribes to?
    { filter: 'a/+/b', topic: 'a/+/b', covers: true },
    { filter: 'a/#', topic: 'a/+/b', covers: true },
    { filter: 'a/+', topic: 'a/#', covers: false },
    { filter: 'a/b', topic: 'a/+', covers: false },
    { filter: '+', topic: '#', covers: false },
  ])('$filter covers $topic: $covers', ({ filter, topic, covers }) => {
    expect(filterCovers(filter, topic)).toBe(covers);
  });

  const level = fc.stringMatching(/^[a-z0-9]{1,6}$/);
  const levels = fc.array(level, { minLength: 1, maxLength: 6 });

  it('without wildcards covers itself and nothing else', () => {
    fc.assert(
      fc.property(levels, levels, (one, other) => {
        expect(filterCovers(one.join('/'), other.join('/'))).toBe(
          one.join('/') === other.join('/'),
        );
      }),
    );
  });

  it('covers a topic still when one of its levels becomes a plus', () => {
    fc.assert(
      fc.property(levels, fc.nat(), (topic, place) => {
        const filter = topic.with(place % topic.length, '+');
        expect(filterCovers(filter.join('/'), topic.join('/'))).toBe(true);
      }),
    );
  });
});

describe('the rights of a device', () => {
  const own = topics.bollardState('b1');

  it.each([
    { who: 'a bollard', kind: 'bollard', topic: own, may: true },
    { who: 'a bollard', kind: 'bollard', topic: topics.bollardState('b2'), may: false },
    { who: 'a bollard', kind: 'bollard', topic: topics.bollardDisplay('b1'), may: false },
    { who: 'a worker', kind: 'worker', topic: topics.cameraHeadcount('c1'), may: true },
    { who: 'a worker', kind: 'worker', topic: topics.cameraConfig('c1'), may: false },
    { who: 'a worker', kind: 'worker', topic: topics.cameraPicture('c1'), may: false },
    { who: 'a worker', kind: 'worker', topic: topics.workerStatus('other'), may: false },
    { who: 'a panel', kind: 'panel', topic: topics.buildingAlarm('b1'), may: true },
    { who: 'a panel', kind: 'panel', topic: topics.buildingAlarm('b2'), may: false },
    { who: 'an integrator', kind: 'integrator', topic: topics.roomState('r1'), may: false },
    { who: 'an integrator', kind: 'integrator', topic: topics.caseNotice('z1'), may: false },
    { who: 'a bollard', kind: 'bollard', topic: topics.caseNotice('z1'), may: false },
  ] as const)('$who b1 may publish $topic: $may', ({ kind, topic, may }) => {
    const { publish } = topicRights[kind]('b1');
    expect(publish.some((filter) => filterCovers(filter, topic))).toBe(may);
  });

  it('never reach the whole tree', () => {
    for (const kind of DeviceKind.options) {
      const { publish, subscribe } = topicRights[kind]('b1');
      for (const filter of [...publish, ...subscribe]) {
        expect(filter).toMatch(/^(vigie\/[a-z]+|homeassistant)\//);
        expect(filter).not.toContain('#');
      }
    }
  });

  it('let only the server announce things to Home Assistant, and only integrators read them', () => {
    const discovery = [
      topics.homeAssistantSensor('vigie_b1_day'),
      topics.homeAssistantBinarySensor('vigie_b1_occupied'),
    ];
    for (const kind of DeviceKind.options) {
      const { publish, subscribe } = topicRights[kind]('b1');
      const covers = (filters: string[], topic: string) =>
        filters.some((filter) => filterCovers(filter, topic));
      for (const topic of discovery) {
        expect(covers(publish, topic)).toBe(false);
        expect(covers(subscribe, topic)).toBe(kind === 'integrator');
      }
      expect(covers(publish, homeAssistantStatus)).toBe(kind === 'integrator');
    }
  });

  it('are asked for under names that differ by kind, but for bollards', () => {
    expect(DeviceKind.options.map((kind) => usernameOf(kind, 'x'))).toEqual([
      'x',
      'worker:x',
      'panel:x',
      'integrator:x',
    ]);
  });
});

describe('the id in a topic', () => {
  it.each([
    { topic: 'vigie/bollards/b-1.x/state', id: 'b-1.x' },
    { topic: 'vigie/bollards//state', id: undefined },
    { topic: 'vigie/bollards/state', id: undefined },
    { topic: 'vigie/bollards/a/b/state', id: undefined },
    { topic: 'vigie/bollards/b1/status', id: undefined },
    { topic: 'other/vigie/bollards/b1/state', id: undefined },
    { topic: '', id: undefined },
  ])('of $topic is $id', ({ topic, id }) => {
    expect(idIn(topics.bollardState, topic)).toBe(id);
  });

  it.each(Object.keys(topics) as (keyof typeof topics)[])('comes back from %s', (name) => {
    expect(idIn(topics[name], topics[name]('some.id_1-x'))).toBe('some.id_1-x');
  });
});
