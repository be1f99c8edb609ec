import { describe, expect, it } from 'vitest';
import { canTry, emptyEntry, parkingBody, roomBody, trialOf } from './entry.ts';

const entry = { ...emptyEntry, name: ' Hall ', roomId: 'hall' };
const source = 'rtsp://10.0.0.7/sub';

describe('what is typed in of a camera', () => {
  it('leaves the address and the login as they are where it is empty', () => {
    expect(roomBody(entry)).toEqual({
      ...{ name: 'Hall', roomId: 'hall', profile: 'standard', watches: 'room' },
    });
    expect(trialOf(entry, 'c1')).toEqual({ kind: 'try', cameraId: 'c1', roomId: 'hall' });
  });

  it('names them where they are given', () => {
    const given = { ...entry, source: ` ${source}`, username: 'guard', password: '' };
    const address = { source, login: { username: 'guard', password: '' } };
    expect(roomBody({ ...given, task: 'door' })).toMatchObject({ watches: 'door', ...address });
    expect(parkingBody(given)).toEqual({ name: 'Hall', ...address });
    expect(trialOf(given, undefined)).toEqual({ kind: 'try', roomId: 'hall', ...address });
    const outside = { ...given, task: 'parking' } as const;
    expect(trialOf(outside, undefined)).toEqual({ kind: 'try', ...address });
  });

  it('can be tried when there is an address, or a camera that has one', () => {
    expect(canTry(entry, undefined)).toBe(false);
    expect(canTry(entry, 'c1')).toBe(true);
    expect(canTry({ ...entry, source }, undefined)).toBe(true);
  });
});
