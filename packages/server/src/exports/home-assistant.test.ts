import { HomeAssistantEntity } from '@vigie/contracts/exports';
import { filterCovers, topicRights } from '@vigie/contracts/topics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bollardEntities, plainId, roomEntity } from './home-assistant.ts';

const bollard = { id: 'b-1.x', model: 'vigie', place: 'Place 12', zoneName: 'Rue' };
const announced = [
  ...bollardEntities(bollard, 'http://vigie.example'),
  roomEntity({ id: 'r1', name: 'Salle 1', buildingName: 'Mairie' }, 'http://vigie.example'),
];

describe('what Home Assistant is told', () => {
  it('keeps its contract, under a name that no other value has', () => {
    for (const { entity } of announced)
      expect(() => HomeAssistantEntity.parse(entity)).not.toThrow();
    expect(new Set(announced.map(({ topic }) => topic)).size).toBe(announced.length);
    expect(new Set(announced.map(({ entity }) => entity.unique_id)).size).toBe(announced.length);
  });

  it('lets every value expire that nobody confirms any more', () => {
    for (const { entity } of announced) expect(entity.expire_after, entity.name).toBeGreaterThan(0);
  });

  it('names only topics that an integrator may read', () => {
    const { subscribe } = topicRights.integrator('home');
    const named = announced.flatMap(({ topic, entity }) => [
      topic,
      entity.state_topic,
      ...(entity.availability ?? []).map((one) => one.topic),
    ]);
    for (const topic of named)
      expect(
        subscribe.some((filter) => filterCovers(filter, topic)),
        topic,
      ).toBe(true);
  });

  it('never takes two ids for one', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,5}$/);
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(plainId(one)).toMatch(/^[A-Za-z0-9_]+$/);
        expect(plainId(one) === plainId(other)).toBe(one === other);
      }),
    );
  });
});
