import type { Message } from '@vigie/contracts/notifications';

/** `true` when somebody should look: it failed, or it waits after a failed try. */
export const needsLook = ({ status, attempts, lastError }: Message): boolean =>
  status === 'failed' || (status === 'queued' && (attempts > 1 || lastError !== null));

/** Why a message did not get out, as long as that matters: neither once it was sent nor when it is not to be sent any more. */
export const openError = ({ status, lastError }: Message): string | null =>
  status === 'queued' || status === 'failed' ? lastError : null;

/** A list with one message replaced, or put first when it is new. */
export function withMessage(messages: readonly Message[], changed: Message): Message[] {
  const at = messages.findIndex(({ id }) => id === changed.id);
  return at === -1 ? [changed, ...messages] : messages.with(at, changed);
}

/** What somebody should look at first, then the newest. */
export const inOrderOfNeed = (messages: readonly Message[]): Message[] =>
  messages.toSorted(
    (a, b) =>
      Number(needsLook(b)) - Number(needsLook(a)) ||
      Date.parse(b.createdAt) - Date.parse(a.createdAt),
  );
