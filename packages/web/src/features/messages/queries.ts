import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { LiveEvent } from '@vigie/contracts/live';
import { Message } from '@vigie/contracts/notifications';
import type { Api } from '../../platform/api.ts';
import { withMessage } from './messages.ts';

const messagesKey = ['messages'] as const;

export const messagesQuery = (api: Api) =>
  queryOptions({
    queryKey: messagesKey,
    queryFn: ({ signal }) => api.get('/messages', Message.array(), signal),
  });

/** Takes a live `message` event into the list. */
export const takeMessage = (
  client: QueryClient,
  { data }: Extract<LiveEvent, { name: 'message' }>,
): void => {
  client.setQueryData<Message[]>(
    messagesKey,
    (messages) => messages && withMessage(messages, data),
  );
};
