import { Button } from '@mantine/core';
import type { Commissioning, Moment as LabelledMoment } from '@vigie/contracts/commissioning';
import { useTranslation } from 'react-i18next';
import { Empty, Failed } from '../../face/notice.tsx';
import { ScrollTable } from '../../face/scroll-table.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { dayAndTime } from '../../platform/time.ts';
import { rangeText } from '../rooms/index.ts';
import { useDrop } from './queries.ts';

/** The moments so far; one that was mistyped can be taken back. */
export function MomentList({
  commissioning: { cameraId, moments },
}: {
  commissioning: Commissioning;
}) {
  const { t } = useTranslation('commissioning');
  const drop = useDrop(cameraId);
  return (
    <section className="section">
      <h2>
        {t('moments')} <span className="section-count">{moments.length}</span>
      </h2>
      {drop.error && <Failed error={drop.error} />}
      {moments.length === 0 ? (
        <Empty text={t('none')} />
      ) : (
        <div className="card">
          <ScrollTable label={t('moments')}>
            <thead>
              <tr>
                <th scope="col">{t('at')}</th>
                <th scope="col">{t('truth')}</th>
                <th scope="col">{t('counted')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {moments.map((moment) => (
                <Row key={moment.id} moment={moment} onDrop={() => drop.mutate(moment.id)} />
              ))}
            </tbody>
          </ScrollTable>
        </div>
      )}
    </section>
  );
}

function Row({ moment, onDrop }: { moment: LabelledMoment; onDrop: () => void }) {
  const { t } = useTranslation('commissioning');
  const when = dayAndTime(Date.parse(moment.at), useTimeStyle());
  return (
    <tr>
      <td>{when}</td>
      <td>{moment.people}</td>
      <td>
        <CountOf moment={moment} />
      </td>
      <td>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('removeLabel', { when })}
          onClick={onDrop}
        >
          {t('remove')}
        </Button>
      </td>
    </tr>
  );
}

function CountOf({ moment: { count, min, max, people } }: { moment: LabelledMoment }) {
  const { t } = useTranslation('commissioning');
  if (count === null) return <span className="quiet">{t('notCounted')}</span>;
  const range = rangeText(min ?? 0, max);
  return (
    <>
      <span className={count === people ? '' : 'state-fault'}>{count}</span>
      {range !== String(count) && <span className="quiet small"> ({range})</span>}
    </>
  );
}
