import IconBroadcast from '@tabler/icons-react/icons/IconBroadcast';
import IconDeviceMobileMessage from '@tabler/icons-react/icons/IconDeviceMobileMessage';
import IconMail from '@tabler/icons-react/icons/IconMail';
import IconWebhook from '@tabler/icons-react/icons/IconWebhook';
import { CaseMessageKind } from '@vigie/contracts/case-notice';
import type { Message } from '@vigie/contracts/notifications';
import type { Case } from '@vigie/contracts/parking';
import type { Channel } from '@vigie/contracts/recipients';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { useNow } from '../../platform/react.tsx';
import { MessageError, MessageStatusWord } from '../messages/index.ts';
import { isRunning, nextStepsOf, type ToldLink, toldLinks } from './cases.ts';

const shapes: Record<Channel, typeof IconMail> = {
  mail: IconMail,
  sms: IconDeviceMobileMessage,
  webhook: IconWebhook,
  mqtt: IconBroadcast,
};

/** The recipient chain of a case: to whom, by what way, when, and whether it got out; then what comes next. */
export function WhoIsTold({ one }: { one: Case }) {
  const { t } = useTranslation('cases');
  const nowMs = useNow();
  const links = toldLinks(one);
  return (
    <section className="case-told" data-testid="told">
      <h2 className="section-title">{t('told')}</h2>
      {links.length === 0 && <p className="quiet">{t('toldNobody')}</p>}
      {links.length > 0 && (
        <ol className="told-list card">
          {links.map((told) => (
            <Link
              key={`${told.link.channel} ${told.link.address}`}
              told={told}
              isOver={!isRunning(one)}
            />
          ))}
        </ol>
      )}
      {one.nextLookAt && nextStepsOf(one.nextStatuses).direct === 'acknowledged' && (
        <p className="quiet small told-next">
          <Around text={t('nextLook', { when: '\0' })}>
            <Moment at={one.nextLookAt} nowMs={nowMs} />
          </Around>
        </p>
      )}
    </section>
  );
}

function Link({ told: { link, messages }, isOver }: { told: ToldLink; isOver: boolean }) {
  const { t } = useTranslation(['cases', 'messages']);
  const { channel, address, name } = link;
  const Shape = shapes[channel];
  const place = channel === 'mqtt' ? `vigie/cases/${address}` : address;
  return (
    <li className="told-link">
      <Shape size={20} aria-hidden />
      <div>
        <div className="told-who">
          <strong>{name || place}</strong>{' '}
          <span className="quiet small">
            {t(`messages:channel.${channel}`)}
            {name && ` · ${place}`}
          </span>
        </div>
        {messages.length === 0 && (
          <span className="quiet small">{t(isOver ? 'neverTold' : 'notTold')}</span>
        )}
        <ul className="told-messages">
          {messages.map((message) => (
            <Told key={message.id} message={message} />
          ))}
        </ul>
      </div>
    </li>
  );
}

function Told({ message }: { message: Message }) {
  const { t } = useTranslation('cases');
  const nowMs = useNow();
  const kind = CaseMessageKind.safeParse(message.kind.replace(/^case-/, '')).data;
  return (
    <li className="told-message" data-status={message.status}>
      <span className="told-what">
        {kind ? t(`kind.case-${kind}`) : message.kind}{' '}
        <span className="quiet small">
          <Moment at={message.sentAt ?? message.createdAt} nowMs={nowMs} />
        </span>
      </span>
      <MessageStatusWord message={message} />
      <MessageError message={message} />
    </li>
  );
}
