import { namedRows, type PersonData } from '../platform/person-data.ts';
import { messages } from './notifications.tables.ts';

/** Where people are named: messages that went to them. Who was told stays on record, without who it was. */
export const notificationsPersonData: readonly PersonData[] = [
  namedRows('messages', messages, {
    key: 'address',
    columns: [messages.recipient],
    blank: [messages.recipientName],
  }),
];
