import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { ShownOnce } from '../../face/shown-once.tsx';
import { useApi, useNow } from '../../platform/react.tsx';
import { deviceKeysQuery, usePanelKey } from './queries.ts';

interface PanelKeyProps {
  building: { id: string; name: string };
}

/** The key by which the panel of a building signs in on the bus. One that is there is given up only when asked twice. */
export function PanelKey({ building: { id, name } }: PanelKeyProps) {
  const { t } = useTranslation(['inputs', 'face']);
  const nowMs = useNow();
  const keys = useQuery(deviceKeysQuery(useApi()));
  const { draw, end } = usePanelKey(id);
  const [asked, setAsked] = useState<'draw' | 'end'>();
  const known = keys.data?.find((key) => key.kind === 'panel' && key.id === id);
  const act = (what: 'draw' | 'end') => {
    setAsked(undefined);
    if (what === 'draw') return draw.mutate();
    draw.reset();
    end.mutate();
  };
  if (!keys.data) return keys.error && <Failed error={keys.error} />;
  return (
    <div className="panel-key">
      {known && (
        <span className="quiet small">
          <Around text={t('keyDrawn', { when: '\0' })}>
            <Moment at={known.drawnAt} nowMs={nowMs} />
          </Around>
        </span>
      )}
      {draw.data && (
        <ShownOnce text={t('keyOnce', { username: draw.data.username })} secret={draw.data.key} />
      )}
      <div className="input-buttons">
        {asked ? (
          <>
            <Button onClick={() => act(asked)}>{t(`sure.${asked}`)}</Button>
            <Button variant="default" onClick={() => setAsked(undefined)}>
              {t('face:cancel')}
            </Button>
          </>
        ) : (
          <>
            <Button
              variant="default"
              loading={draw.isPending}
              aria-label={t(known ? 'replaceKeyOf' : 'drawKeyOf', { name })}
              onClick={() => (known ? setAsked('draw') : act('draw'))}
            >
              {t(known ? 'replaceKey' : 'drawKey')}
            </Button>
            {known && (
              <Button
                variant="default"
                loading={end.isPending}
                aria-label={t('endKeyOf', { name })}
                onClick={() => setAsked('end')}
              >
                {t('endKey')}
              </Button>
            )}
          </>
        )}
      </div>
      {(draw.error ?? end.error) && <Failed error={(draw.error ?? end.error) as Error} />}
    </div>
  );
}
