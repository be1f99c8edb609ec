import { Button } from '@mantine/core';
import IconEdit from '@tabler/icons-react/icons/IconEdit';
import { useQuery } from '@tanstack/react-query';
import type { ZoneRulesFrom } from '@vigie/contracts/parking';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { Answer, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { spacesQuery, useParkingNow } from '../parking/index.ts';
import { sortedLines } from './differences.ts';
import { rulesQuery } from './queries.ts';
import { RuleHistory } from './rule-history.tsx';
import { RuleFacts } from './rule-words.tsx';
import { ZoneForm } from './zone-form.tsx';
import { ZoneCount } from './zones-page.tsx';
import './zones.css';

/** One zone: the rules in force, those announced, those before, and the way to change them. */
export function ZonePage({ zoneId }: { zoneId: string }) {
  const { t } = useTranslation('zones');
  const query = useQuery(rulesQuery(useApi(), zoneId));
  const nowMs = useParkingNow();
  const name = query.data && sortedLines(query.data, nowMs).inForce?.line.rules.name;
  return (
    <Page title={name ?? zoneId} back={{ to: '/zones', text: t('title') }}>
      <Answer query={query} waiting={<Waiting rows={3} height={180} />}>
        {(lines) => <Rules zoneId={zoneId} lines={lines} />}
      </Answer>
    </Page>
  );
}

function Rules({ zoneId, lines }: { zoneId: string; lines: ZoneRulesFrom[] }) {
  const { t } = useTranslation('zones');
  const nowMs = useParkingNow();
  const spaces = useQuery(spacesQuery(useApi())).data;
  const { inForce, begun, announced } = sortedLines(lines, nowMs);
  if (!inForce) return null;
  const { rules, appliesFrom } = inForce.line;
  return (
    <>
      <section className="card zone-now" data-testid="zone-rules">
        <div className="section-line">
          <h2 className="section-title">{t('inForce')}</h2>
          <ZoneCount spaces={spaces?.filter((space) => space.zoneId === zoneId)} />
        </div>
        {appliesFrom && (
          <p className="quiet small">
            <Around text={t('sinceWhen', { when: '\0' })}>
              <Moment at={appliesFrom} nowMs={nowMs} />
            </Around>
          </p>
        )}
        <RuleFacts zone={rules} nowMs={nowMs} />
      </section>
      {announced.length > 0 && (
        <RuleHistory title={t('announced')} changes={announced} nowMs={nowMs} />
      )}
      <Change lines={lines} key={lines.length} />
      <RuleHistory title={t('history')} changes={begun.toReversed()} nowMs={nowMs} />
    </>
  );
}

function Change({ lines }: { lines: ZoneRulesFrom[] }) {
  const { t } = useTranslation('zones');
  const [isOpen, setIsOpen] = useState(false);
  const nowMs = useParkingNow();
  const zone = sortedLines(lines, nowMs).inForce?.line.rules;
  if (!useMay()('town.write') || !zone) return null;
  if (isOpen) return <ZoneForm zone={zone} onClose={() => setIsOpen(false)} />;
  return (
    <Button
      mt="lg"
      leftSection={<IconEdit size={18} aria-hidden />}
      onClick={() => setIsOpen(true)}
    >
      {t('change')}
    </Button>
  );
}
