import type { DirectoryPreview } from '@vigie/contracts/directory';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../face/notice.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { Rights } from './rights.tsx';

/** Who would get what by the table that is being changed. */
export function PreviewTable({ preview }: { preview: DirectoryPreview }) {
  const { t } = useTranslation('directory');
  const { people, unknownGroups, isCut } = preview;
  return (
    <div role="status">
      {unknownGroups.length > 0 && (
        <Empty text={t('unknownGroups', { groups: unknownGroups.join(', ') })} />
      )}
      {people.length === 0 ? (
        <Empty text={t('nobody')} />
      ) : (
        <ScrollTable label={t('previewTitle')}>
          <caption className="directory-caption">{t('previewTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('person')}</th>
              <th scope="col">{t('gets')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map(({ username, name, rights, refusal }) => (
              <tr key={username}>
                <td>
                  {name} <span className="quiet small">{username}</span>
                </td>
                <td>
                  <Rights rights={rights} refusal={refusal} />
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
      {isCut && <p className="quiet">{t('cut', { count: people.length })}</p>}
    </div>
  );
}
