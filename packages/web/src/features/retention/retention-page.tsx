import { useQuery } from '@tanstack/react-query';
import { Retention } from '@vigie/contracts/retention';
import { useTranslation } from 'react-i18next';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useApi, useTimeStyle } from '../../platform/react.tsx';
import { dayOf, exactTime } from '../../platform/time.ts';

/** How long each kind of data is kept, and what was deleted. */
export function RetentionPage() {
  const { t } = useTranslation('retention');
  const api = useApi();
  const retention = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => api.get('/retention', Retention, signal),
  });
  return (
    <Page title={t('title')}>
      <p className="quiet">{t('hint')}</p>
      <Answer query={retention} waiting={<Waiting rows={6} height={48} />}>
        {({ rules, deletions }) => (
          <>
            <Rules rules={rules} />
            <section className="section">
              <h2>{t('deletions')}</h2>
              <p className="quiet">{t('proof')}</p>
              {deletions.length === 0 ? (
                <Empty text={t('none')} />
              ) : (
                <Deletions deletions={deletions} />
              )}
            </section>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Rules({ rules }: Pick<Retention, 'rules'>) {
  const { t } = useTranslation('retention');
  const style = useTimeStyle();
  const when = (at: string) => dayOf(Date.parse(at), style);
  return (
    <ScrollTable label={t('title')}>
      <thead>
        <tr>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('kept')}</th>
          <th scope="col">{t('limit')}</th>
          <th scope="col" className="number">
            {t('due')}
          </th>
          <th scope="col">{t('lastDeletion')}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ kind, days, until, rows, lastDeletion }) => (
          <tr key={kind}>
            <td>{t(`kind.${kind}`)}</td>
            <td>{days === 0 ? t('ever') : t('days', { count: days })}</td>
            <td>{until === null || rows > 0 ? '—' : when(until)}</td>
            <td className="number">{rows}</td>
            <td>
              {lastDeletion
                ? `${when(lastDeletion.at)} : ${t('removed', { count: lastDeletion.rows })}`
                : t('notYet')}
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Deletions({ deletions }: Pick<Retention, 'deletions'>) {
  const { t } = useTranslation('retention');
  const style = useTimeStyle();
  return (
    <ScrollTable label={t('deletions')}>
      <thead>
        <tr>
          <th scope="col">{t('at')}</th>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('until')}</th>
          <th scope="col" className="number">
            {t('rows')}
          </th>
        </tr>
      </thead>
      <tbody>
        {deletions.map(({ at, kind, until, rows }) => (
          <tr key={`${at} ${kind}`}>
            <td>{exactTime(Date.parse(at), style)}</td>
            <td>{t(`kind.${kind}`)}</td>
            <td>{exactTime(Date.parse(until), style)}</td>
            <td className="number">{rows}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
