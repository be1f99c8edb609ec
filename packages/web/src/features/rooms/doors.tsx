import { Button, Modal } from '@mantine/core';
import type { DoorCount, RoomView } from '@vigie/contracts/evacuation';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../face/moment.tsx';
import { useErrorText } from '../../face/notice.tsx';
import { useMay } from '../accounts/index.ts';
import { useDeclareEmpty, useViewpoint } from './queries.ts';

/** A count with its drift: `3 ± 1`. */
export const driftText = ({ inside, drift }: DoorCount): string =>
  drift === 0 ? String(inside) : `${inside} ± ${drift}`;

/** What the doors of a room say, with the drift of it, and the way to begin anew. */
export function Doors({ room }: { room: RoomView }) {
  const { t } = useTranslation('rooms');
  const { nowMs } = useViewpoint();
  const may = useMay();
  const { doors } = room.live;
  if (!doors) return null;
  return (
    <section className="section room-sources" data-testid="doors">
      <h2>{t('doors')}</h2>
      <div className="card room-doors">
        <dl>
          <div>
            <dt>{t('doors.inside')}</dt>
            <dd className={doors.isWatched ? 'room-doors-figure' : 'room-doors-figure quiet'}>
              {driftText(doors)}
            </dd>
          </div>
          <div>
            <dt>{t('doors.in')}</dt>
            <dd>{doors.in}</dd>
          </div>
          <div>
            <dt>{t('doors.out')}</dt>
            <dd>{doors.out}</dd>
          </div>
          <div>
            <dt>{t('doors.since')}</dt>
            <dd>
              {doors.knownEmptyAt ? (
                <Moment at={doors.knownEmptyAt} nowMs={nowMs} />
              ) : (
                t('doors.never')
              )}
            </dd>
          </div>
        </dl>
        {!doors.isWatched && <p className="state-fault">{t('doors.unwatched')}</p>}
        {doors.unexplained > 0 && (
          <p className="state-fault">{t('doors.unexplained', { count: doors.unexplained })}</p>
        )}
        {room.cameras.every(({ watches }) => watches === 'door') && (
          <p className="quiet small">{t('doors.means')}</p>
        )}
        {may('rooms.declare-empty') && <DeclareEmpty roomId={room.id} />}
      </div>
    </section>
  );
}

/** A person answers for it, so it is asked twice. */
function DeclareEmpty({ roomId }: { roomId: string }) {
  const { t } = useTranslation(['rooms', 'face']);
  const errorText = useErrorText();
  const [isAsking, setAsking] = useState(false);
  const declaring = useDeclareEmpty(roomId);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('doors.declare')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('doors.ask')}
        centered
      >
        <p>{t('doors.askWhy')}</p>
        {declaring.error && (
          <p role="alert" className="state-fault">
            {errorText(declaring.error)}
          </p>
        )}
        <Button
          loading={declaring.isPending}
          onClick={() => declaring.mutate(undefined, { onSuccess: () => setAsking(false) })}
        >
          {t('doors.confirm')}
        </Button>
      </Modal>
    </>
  );
}
