import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../face/language-switch.tsx';
import { Answer, Failed, Waiting } from '../../face/notice.tsx';
import { useWindowTitle } from '../../face/page.tsx';
import { ApiError } from '../../platform/api.ts';
import { keepAwake } from '../../platform/keep-awake.ts';
import { useApi, useNow } from '../../platform/react.tsx';
import { BoardBody } from './board-body.tsx';
import { linkedBoardQuery, linkedPlanQuery } from './queries.ts';
import './alarm.css';

/** Without an answer for so long the board is old. Milliseconds. */
const LATE_AFTER_MS = 6000;

/** The board of one incident for whoever holds the link: nobody signs in, nothing can be done. */
export function LinkedBoardPage({ token }: { token: string }) {
  const { t } = useTranslation('alarm');
  useWindowTitle(t('board'));
  useEffect(() => keepAwake(), []);
  const nowMs = useNow();
  const api = useApi();
  const board = useQuery(linkedBoardQuery(api, token));
  const plan = useQuery({ ...linkedPlanQuery(api, token), enabled: board.isSuccess });
  const pictures = { under: '/api/v1/board-by-link', token };
  const isRefused = board.error instanceof ApiError && board.error.status === 401;
  const isLate = Date.now() - board.dataUpdatedAt > LATE_AFTER_MS;
  return (
    <main className="board">
      {isRefused ? (
        <Failed error={board.error} />
      ) : (
        <Answer query={board} waiting={<Waiting rows={5} height={110} />}>
          {(data) => (
            <BoardBody
              board={data}
              view={{ nowMs, isLate }}
              cutSinceMs={isLate ? board.dataUpdatedAt : null}
              camerasOf={() => []}
              plan={plan.data && { ...plan.data, pictures, canDraw: false }}
            />
          )}
        </Answer>
      )}
      <footer className="board-foot">
        <span>{t('link.readOnly')}</span>
        <LanguageSwitch />
      </footer>
    </main>
  );
}
