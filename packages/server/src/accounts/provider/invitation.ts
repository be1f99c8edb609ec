const dayMs = 86_400_000;
/** An address may be given to somebody else after its holder left. */
const openDays = 30;

/** Until when an invitation can be taken. */
export const invitedUntil = (invitedAt: Date): Date =>
  new Date(invitedAt.getTime() + openDays * dayMs);

/** A name to be known by in Vigie, from a mail address: what no user name may have becomes `-`. */
export const usernameFrom = (email: string): string =>
  email
    .replace(/[^\p{L}\p{N}._@-]/gu, '-')
    .replace(/^[._@-]+/, '')
    .slice(0, 64);
