import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconBan from '@tabler/icons-react/icons/IconBan';
import IconClock from '@tabler/icons-react/icons/IconClock';
import IconSend from '@tabler/icons-react/icons/IconSend';
import { Link } from '@tanstack/react-router';
import type { Message, MessageStatus } from '@vigie/contracts/notifications';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { useNow } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { needsLook, openError } from './messages.ts';
import './messages.css';

const shapes: Record<MessageStatus, typeof IconSend> = {
  queued: IconClock,
  sent: IconSend,
  failed: IconAlertTriangle,
  withdrawn: IconBan,
};

/** Deliveries, one per line; an error is written out, since it says what to repair. */
export function MessageList({ messages }: { messages: Message[] }) {
  return (
    <ul className="message-list card">
      {messages.map((message) => (
        <MessageLine key={message.id} message={message} />
      ))}
    </ul>
  );
}

function MessageLine({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const nowMs = useNow();
  return (
    <li className="message" data-testid={`message-${message.id}`} data-status={message.status}>
      <MessageStatusWord message={message} />
      <div className="message-text">
        <strong>{message.subject}</strong>
        <span className="quiet small">
          {t(`channel.${message.channel}`)} · {message.recipientName || message.recipient} ·{' '}
          <Moment at={message.sentAt ?? message.createdAt} nowMs={nowMs} />
          {message.attempts > 1 && ` · ${t('tries', { count: message.attempts })}`}
        </span>
        <MessageError message={message} />
      </div>
      <CaseLink caseId={message.caseId} />
    </li>
  );
}

/** What to repair before a message can get out. */
export function MessageError({ message }: { message: Message }) {
  const error = openError(message);
  return error && <code className="message-error">{error}</code>;
}

/** Where a message is, as shape and word. */
export function MessageStatusWord({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const Shape = shapes[message.status];
  return (
    <span className={`state message-status ${needsLook(message) ? 'state-fault' : ''}`}>
      <Shape size={17} aria-hidden />
      {t(`status.${message.status}`)}
    </span>
  );
}

function CaseLink({ caseId }: { caseId: string | null }) {
  const { t } = useTranslation('messages');
  const may = useMay()('parking.handle-cases');
  if (!caseId || !may) return null;
  return (
    <Link to="/cases/$caseId" params={{ caseId }} className="small">
      {t('case')}
    </Link>
  );
}
