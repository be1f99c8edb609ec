import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Scope } from '@vigie/contracts/accounts';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../platform/react.tsx';
import { zonesQuery } from '../parking/index.ts';
import { buildingsQuery } from '../rooms/index.ts';

interface ScopeFieldsProps {
  value: Scope;
  onChange: (scope: Scope) => void;
}

/** Where rights hold: everywhere, or only in the zones and buildings that are ticked. */
export function ScopeFields({ value, onChange }: ScopeFieldsProps) {
  const { t } = useTranslation('people');
  const api = useApi();
  const zones = useQuery(zonesQuery(api)).data ?? [];
  const buildings = useQuery(buildingsQuery(api)).data ?? [];
  return (
    <>
      <Places
        title={t('zones')}
        all={t('allZones')}
        places={zones}
        chosen={value.zoneIds}
        onChange={(zoneIds) => onChange({ ...value, zoneIds })}
      />
      <Places
        title={t('buildings')}
        all={t('allBuildings')}
        places={buildings}
        chosen={value.buildingIds}
        onChange={(buildingIds) => onChange({ ...value, buildingIds })}
      />
    </>
  );
}

interface PlacesProps {
  title: string;
  all: string;
  places: readonly { id: string; name: string }[];
  /** null: all. */
  chosen: readonly string[] | null;
  onChange: (ids: string[] | null) => void;
}

function Places({ title, all, places, chosen, onChange }: PlacesProps) {
  const toggle = (id: string, isOn: boolean) =>
    onChange([...(chosen ?? []).filter((one) => one !== id), ...(isOn ? [id] : [])]);
  return (
    <fieldset className="people-places">
      <legend>{title}</legend>
      <Checkbox
        label={all}
        checked={chosen === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : [])}
      />
      {chosen !== null &&
        places.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
        ))}
    </fieldset>
  );
}
