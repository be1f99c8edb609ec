import type { Account } from '@vigie/contracts/accounts';

/** What has become of the invitation to come by the provider; `undefined`: there was none. */
export function stateOf(provider: Account['provider']): 'taken' | 'open' | 'over' | undefined {
  if (!provider) return undefined;
  if (provider.isLinked) return 'taken';
  return Date.parse(provider.invitedUntil) > Date.now() ? 'open' : 'over';
}
