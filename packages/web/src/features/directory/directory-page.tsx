import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DirectoryView } from '@vigie/contracts/directory';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { Answer, Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { GroupTable } from './group-table.tsx';
import { PersonCheck } from './person-check.tsx';
import { directoryQuery, useCompareNow } from './queries.ts';
import './directory.css';

/** Which groups of the town's directory give which role, and what that means for whom. */
export function DirectoryPage() {
  const { t } = useTranslation('directory');
  const view = useQuery(directoryQuery(useApi()));
  return (
    <Page title={t('title')} back={{ to: '/accounts', text: t('accounts') }}>
      <Answer query={view} waiting={<Waiting rows={4} height={48} />}>
        {(shown) =>
          shown.isSet ? (
            <>
              <Standing view={shown} />
              <GroupTable key={shown.version} view={shown} />
              {shown.canLook && <PersonCheck />}
            </>
          ) : (
            <Empty text={t('notSet')} hint={t('notSetHint')} />
          )
        }
      </Answer>
    </Page>
  );
}

/** Which servers, and whether those who are signed in are still who they were. */
function Standing({ view }: { view: DirectoryView }) {
  const { t } = useTranslation('directory');
  const compare = useCompareNow();
  const { servers, canLook, refreshedAt, failure } = view;
  return (
    <section className="card directory-part" aria-label={t('standing')}>
      <p>{t('servers', { servers: servers.join(', ') })}</p>
      {canLook ? (
        <p className="quiet">
          {t('compared')}{' '}
          {refreshedAt ? <Moment at={refreshedAt} nowMs={Date.now()} /> : t('never')}
        </p>
      ) : (
        <p className="quiet">{t('noService')}</p>
      )}
      {failure !== null && (
        <div className="notice notice-failed" role="alert">
          <p>
            {t('failure')} <span lang="en">{failure}</span>
          </p>
        </div>
      )}
      {compare.error && <Failed error={compare.error} />}
      {canLook && (
        <Button
          variant="default"
          loading={compare.isPending}
          onClick={() => compare.mutate(undefined)}
        >
          {t('compareNow')}
        </Button>
      )}
    </section>
  );
}
