import { Button } from '@mantine/core';
import IconFolderOpen from '@tabler/icons-react/icons/IconFolderOpen';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Case } from '@vigie/contracts/parking';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Answer, Empty, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { BollardFace, useParkingNow } from '../parking/index.ts';
import { CaseStatusWord } from './case-status.tsx';
import { type CaseGroup, caseGroups, groupCases } from './cases.ts';
import { casesQuery } from './queries.ts';
import './cases.css';

/** All cases; those nobody has acknowledged first. */
export function CasesPage() {
  const { t } = useTranslation(['cases', 'face', 'parking']);
  const cases = useQuery(casesQuery(useApi()));
  return (
    <Page title={t('title')}>
      <Answer query={cases} waiting={<Waiting rows={4} height={76} />}>
        {(all) => <Groups cases={all} />}
      </Answer>
    </Page>
  );
}

function Groups({ cases }: { cases: Case[] }) {
  const { t } = useTranslation(['cases', 'face', 'parking']);
  if (cases.length === 0) {
    return (
      <Empty
        icon={<IconFolderOpen size={22} aria-hidden />}
        text={t('none')}
        hint={t('noneHint')}
      />
    );
  }
  const groups = groupCases(cases);
  return (
    <>
      {groups.todo.length === 0 && <Empty text={t('nothingTodo')} hint={t('noneHint')} />}
      {caseGroups.map((group) => (
        <Group key={group} group={group} cases={groups[group]} />
      ))}
    </>
  );
}

const AT_ONCE = 50;

function Group({ group, cases }: { group: CaseGroup; cases: Case[] }) {
  const { t } = useTranslation(['cases', 'face', 'parking']);
  const [limit, setLimit] = useState(AT_ONCE);
  if (cases.length === 0) return null;
  const more = Math.min(AT_ONCE, cases.length - limit);
  return (
    <section className="section">
      <h2>
        {t(`group.${group}`)} <span className="section-count">{cases.length}</span>
      </h2>
      <ul className="case-list card">
        {cases.slice(0, limit).map((one) => (
          <CaseRow key={one.id} one={one} />
        ))}
      </ul>
      {more > 0 && (
        <Button mt="md" variant="default" onClick={() => setLimit(limit + AT_ONCE)}>
          {t('face:showMore', { count: more })}
        </Button>
      )}
    </section>
  );
}

/** One case of a list: the place first, since that is where somebody must go. */
export function CaseRow({ one }: { one: Case }) {
  const { t } = useTranslation(['cases', 'face', 'parking']);
  const nowMs = useParkingNow();
  return (
    <li>
      <Link
        to="/cases/$caseId"
        params={{ caseId: one.id }}
        className={`case-row${one.status === 'closed' ? ' case-row-closed' : ''}`}
        data-testid={`case-${one.number}`}
        data-status={one.status}
      >
        <BollardFace
          size="tile"
          display={{ state: 'overstay', day: one.days, colour: '#000000', label: String(one.days) }}
        />
        <span className="case-row-place">
          <strong>
            {t('parking:space', { label: one.spaceLabel })}
            {one.address && ` · ${one.address}`}
          </strong>
          <span className="quiet small">
            {t('case', { number: one.number })} · {one.zoneName} · {t('days', { count: one.days })}
          </span>
          <span className="quiet small">
            <Around text={t('parking:arrived', { when: '\0' })}>
              <Moment at={one.since} nowMs={nowMs} />
            </Around>
          </span>
        </span>
        <CaseStatusWord one={one} />
      </Link>
    </li>
  );
}
