import { Button } from '@mantine/core';
import type { IncidentReport } from '@vigie/contracts/report';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { exactTime } from '../../platform/time.ts';
import { useMay } from '../accounts/index.ts';
import { useSign } from './queries.ts';

/** Who stands for the report, and the button to do so once the incident is over. */
export function Signatures({ report }: { report: IncidentReport }) {
  const { t } = useTranslation('incidents');
  const may = useMay()('incidents.sign');
  const style = useTimeStyle();
  const sign = useSign(report.incident.id);
  const isOver = report.incident.endedAt !== null;
  return (
    <>
      <ul className="observations">
        {report.signatures.map(({ at, by }) => (
          <li key={`${at} ${by}`}>
            <strong>{by}</strong> · {exactTime(Date.parse(at), style)}
          </li>
        ))}
      </ul>
      {report.signatures.length === 0 && <p className="quiet">{t('notSigned')}</p>}
      {!isOver && <p className="quiet small">{t('signLater')}</p>}
      {sign.error && <Failed error={sign.error} />}
      {may && isOver && (
        <Button mt="sm" variant="default" onClick={() => sign.mutate({})} loading={sign.isPending}>
          {t('sign')}
        </Button>
      )}
    </>
  );
}
