import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty, Failed, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { AtWork } from './at-work.tsx';
import { GapNeeds } from './gaps.tsx';
import {
  AlarmInputNeeds,
  BollardNeeds,
  CaseNeeds,
  DrillNeeds,
  MessageNeeds,
  RoomNeeds,
  SpaceNeeds,
} from './need-lists.tsx';
import { type Needs, useNeeds } from './needs.ts';
import './overview.css';

/** What waits for somebody, of everything this account may see; then the town in three numbers. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const { needs, queries } = useNeeds();
  return (
    <Page title={t('title')}>
      <Troubles queries={queries} />
      {queries.some(({ isPending, isEnabled }) => isPending && isEnabled) ? (
        <Waiting rows={3} height={120} />
      ) : (
        <NeedList needs={needs} hasTrouble={queries.some(({ error }) => error)} />
      )}
      <AtWork />
    </Page>
  );
}

function Troubles({ queries }: { queries: UseQueryResult<unknown>[] }) {
  const failed = queries.filter(({ error }) => error);
  const first = failed[0];
  if (!first) return null;
  return (
    <Failed
      error={first.error}
      onRetry={() => {
        for (const query of failed) void query.refetch();
      }}
    />
  );
}

function NeedList({ needs, hasTrouble }: { needs: Needs; hasTrouble: boolean }) {
  const { t } = useTranslation('overview');
  const { drills, ...lists } = needs;
  const all = [...Object.values(lists), drills.due, drills.planned];
  const total = all.reduce((sum, list) => sum + list.length, 0);
  // Nothing known is not nothing to do.
  if (total === 0 && !hasTrouble) {
    return (
      <Empty
        icon={<IconCircleCheck size={22} aria-hidden />}
        text={t('nothing')}
        hint={t('nothingHint')}
      />
    );
  }
  return (
    <div className="needs">
      <AlarmInputNeeds inputs={needs.alarmInputs} />
      <DrillNeeds drills={drills} />
      <RoomNeeds rooms={needs.rooms} />
      <CaseNeeds cases={needs.cases} />
      <MessageNeeds messages={needs.messages} />
      <SpaceNeeds spaces={needs.spaces} />
      <BollardNeeds bollards={needs.bollards} />
      <GapNeeds gaps={needs.gaps} />
    </div>
  );
}
