import { SegmentedControl } from '@mantine/core';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { InboxMail } from '@vigie/contracts/demo';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import type { Api } from '../../platform/api.ts';
import { useApi, useNow } from '../../platform/react.tsx';
import './demo.css';

const inboxQuery = (api: Api) =>
  queryOptions({
    queryKey: ['demo-inbox'],
    queryFn: ({ signal }) => api.get('/demo/inbox', InboxMail.array(), signal),
    refetchInterval: 3000,
  });

/** The mails of the demo's police station, newest first, one of them open. */
export function InboxPage() {
  const { t } = useTranslation('demo');
  const inbox = useQuery(inboxQuery(useApi()));
  return (
    <Page title={t('title')}>
      <p className="quiet inbox-what">{t('what')}</p>
      <Answer query={inbox} waiting={<Waiting rows={4} height={64} />}>
        {(mails) =>
          mails.length === 0 ? (
            <Empty
              icon={<IconInbox size={22} aria-hidden />}
              text={t('none')}
              hint={t('noneHint')}
            />
          ) : (
            <Inbox mails={mails} />
          )
        }
      </Answer>
    </Page>
  );
}

function Inbox({ mails }: { mails: InboxMail[] }) {
  const { t } = useTranslation('demo');
  const nowMs = useNow();
  const [chosen, setChosen] = useState<string>();
  const open = mails.find(({ id }) => id === chosen) ?? mails[0];
  return (
    <div className="inbox">
      <ul className="inbox-list card" aria-label={t('list')}>
        {mails.map((mail) => (
          <li key={mail.id}>
            <button
              type="button"
              className="inbox-line"
              aria-current={mail.id === open?.id}
              data-testid={`mail-${mail.id}`}
              onClick={() => setChosen(mail.id)}
            >
              <strong>{mail.subject}</strong>
              <span className="quiet small">
                <Moment at={mail.date} nowMs={nowMs} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {open && <Mail mail={open} />}
    </div>
  );
}

function Mail({ mail }: { mail: InboxMail }) {
  const { t } = useTranslation('demo');
  const nowMs = useNow();
  const [part, setPart] = useState<'html' | 'text'>('html');
  return (
    <article className="card mail">
      <header>
        <h2>{mail.subject}</h2>
        <dl className="facts">
          <dt>{t('from')}</dt>
          <dd>{mail.from}</dd>
          <dt>{t('to')}</dt>
          <dd>{mail.to}</dd>
          <dt>{t('date')}</dt>
          <dd>
            <Moment at={mail.date} nowMs={nowMs} />
          </dd>
        </dl>
        {mail.html && (
          <SegmentedControl
            size="xs"
            value={part}
            onChange={setPart}
            data={[
              { value: 'html', label: t('asSent') },
              { value: 'text', label: t('asText') },
            ]}
          />
        )}
      </header>
      {mail.html && part === 'html' ? (
        // A mail is foreign text: no scripts, no forms, no way out of its frame.
        <iframe
          className="mail-html"
          sandbox=""
          src={`/api/v1/demo/inbox/${mail.id}/letter`}
          title={t('html', { subject: mail.subject })}
        />
      ) : (
        <pre className="mail-text">{mail.text}</pre>
      )}
    </article>
  );
}
