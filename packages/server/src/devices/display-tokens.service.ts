import type { DisplayToken } from '@vigie/contracts/devices';
import { NotAuthenticated, NotFound } from '../platform/errors.ts';
import { digestOf, drawKey, sameText } from '../platform/secrets.ts';
import type { DisplayTokensStore } from './display-tokens.store.ts';

/** Who may look at what a bollard shows without being a person. */
export interface DisplayTokens {
  /** Draws the token of a bollard's screen; the one before ends. @throws NotFound for an unknown bollard. */
  draw(bollardId: string): Promise<DisplayToken>;
  /** Ends the token, if there is one. @throws NotFound for an unknown bollard. */
  revoke(bollardId: string): Promise<void>;
  /**
   * The space whose display the token opens; the bollard's own key does, too.
   * @throws NotAuthenticated for a wrong token and an unknown bollard alike; NotFound when the bollard stands nowhere.
   */
  admit(bollardId: string, token: string): Promise<string>;
}

export function createDisplayTokens(store: DisplayTokensStore): DisplayTokens {
  async function mustBeKnown(bollardId: string): Promise<void> {
    if ((await store.findSpaceOf(bollardId)) !== undefined) return;
    throw new NotFound('devices/bollard-unknown', `There is no bollard ${bollardId}.`);
  }

  return {
    draw: async (bollardId) => {
      await mustBeKnown(bollardId);
      const token = drawKey();
      await store.save(bollardId, digestOf(token));
      return { bollardId, token, path: `/display/${bollardId}?token=${token}` };
    },
    revoke: async (bollardId) => {
      await mustBeKnown(bollardId);
      await store.remove(bollardId);
    },
    admit: async (bollardId, token) => {
      const given = digestOf(token);
      const digests = await store.listDigests(bollardId);
      if (!digests.some((digest) => sameText(digest, given)))
        throw new NotAuthenticated(
          'devices/display-token-wrong',
          `The token does not open the display of ${bollardId}. Draw one: POST /api/v1/bollards/${bollardId}/display-token.`,
        );
      const spaceId = await store.findSpaceOf(bollardId);
      if (spaceId) return spaceId;
      throw new NotFound('devices/bollard-unknown', `Bollard ${bollardId} stands at no space.`);
    },
  };
}
