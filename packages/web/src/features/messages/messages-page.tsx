import { Button } from '@mantine/core';
import IconMail from '@tabler/icons-react/icons/IconMail';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { MessageList } from './message-list.tsx';
import { inOrderOfNeed } from './messages.ts';
import { messagesQuery } from './queries.ts';

const AT_ONCE = 100;

/** What went out, to whom, and what did not get through. */
export function MessagesPage() {
  const { t } = useTranslation(['messages', 'face']);
  const messages = useQuery(messagesQuery(useApi()));
  const [limit, setLimit] = useState(AT_ONCE);
  return (
    <Page title={t('title')}>
      <Answer query={messages} waiting={<Waiting rows={5} height={64} />}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<IconMail size={22} aria-hidden />}
              text={t('none')}
              hint={t('noneHint')}
            />
          ) : (
            <>
              <MessageList messages={inOrderOfNeed(all).slice(0, limit)} />
              {all.length > limit && (
                <Button mt="md" variant="default" onClick={() => setLimit(limit + AT_ONCE)}>
                  {t('face:showMore', { count: Math.min(AT_ONCE, all.length - limit) })}
                </Button>
              )}
              <p className="quiet small">{t('hint')}</p>
            </>
          )
        }
      </Answer>
    </Page>
  );
}
