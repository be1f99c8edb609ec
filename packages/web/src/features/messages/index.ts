export { MessageError, MessageList, MessageStatusWord } from './message-list.tsx';
export { needsLook } from './messages.ts';
export { MessagesPage } from './messages-page.tsx';
export { messagesQuery, takeMessage } from './queries.ts';
export { messagesWords } from './words.ts';
