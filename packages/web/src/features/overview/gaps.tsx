import { queryOptions } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type GapKind, SetupGap } from '@vigie/contracts/setup';
import { useTranslation } from 'react-i18next';
import type { Api } from '../../platform/api.ts';
import { NeedCard } from './need-card.tsx';

/** What the town still lacks changes when somebody mends it: by hand, seldom. */
export const gapsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['setup-gaps'],
    queryFn: ({ signal }) => api.get('/setup-gaps', SetupGap.array(), signal),
    refetchInterval: 60_000,
  });

/** Where it is mended; what is missing here is mended on the server. */
const pages: Partial<Record<GapKind, NonNullable<LinkProps['to']>>> = {
  'no-worker': '/models',
  'no-model': '/models',
  'no-camera': '/rooms',
  'room-blind': '/rooms',
  'zone-silent': '/zones',
  'camera-idle': '/devices/cameras',
  'room-undrawn': '/plans',
  'administrator-open': '/accounts',
};

/** What the town still lacks, with the remedy. */
export function GapNeeds({ gaps }: { gaps: SetupGap[] }) {
  const { t } = useTranslation('overview');
  if (gaps.length === 0) return null;
  return (
    <NeedCard count={gaps.length} title={t('gaps', { count: gaps.length })} shown={gaps.length}>
      <ul className="need-lines card">
        {gaps.map((gap) => (
          <GapLine key={gap.kind} gap={gap} />
        ))}
      </ul>
    </NeedCard>
  );
}

function GapLine({ gap: { kind, count, names } }: { gap: SetupGap }) {
  const { t } = useTranslation('overview');
  const to = pages[kind];
  const rest = names.length > 0 ? count - names.length : 0;
  return (
    <li className="need-gap" data-testid={`gap-${kind}`}>
      <span>
        <strong>{t(`gap.${kind}`, { count })}</strong>
        {names.length > 0 && ` · ${names.join(', ')}`}
        {rest > 0 && ` ${t('more', { count: rest })}`}
      </span>
      <span className="quiet small">{t(`remedy.${kind}`)}</span>
      {to && (
        <Link to={to} className="small">
          {t('mend')}
        </Link>
      )}
    </li>
  );
}
