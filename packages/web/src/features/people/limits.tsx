import type { Scope } from '@vigie/contracts/accounts';
import { useTranslation } from 'react-i18next';

/** Where rights hold, in words. */
export function Limits({ scope: { zoneIds, buildingIds } }: { scope: Scope }) {
  const { t } = useTranslation('people');
  if (zoneIds === null && buildingIds === null) return t('everywhere');
  const zones = zoneIds === null ? t('allZones') : zoneIds.join(', ') || t('noZone');
  const buildings =
    buildingIds === null ? t('allBuildings') : buildingIds.join(', ') || t('noBuilding');
  return `${zones} · ${buildings}`;
}
