import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { everywhere, reachOf } from '@vigie/contracts/accounts';
import { TokenPermission } from '@vigie/contracts/api-tokens';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { ShownOnce } from '../../face/shown-once.tsx';
import { useDrawToken } from './queries.ts';
import { ScopeFields } from './scope-fields.tsx';

const spans = [7, 30, 90, 366] as const;

/** A token for a program: what it may do, where, and until when. */
export function TokenForm() {
  const { t } = useTranslation('people');
  const draw = useDrawToken();
  const [name, setName] = useState('');
  const [rights, setRights] = useState<readonly TokenPermission[]>([]);
  const [scope, setScope] = useState(everywhere);
  const [expiresInDays, setDays] = useState(90);
  if (draw.data) return <ShownOnce text={t('tokenOnce', { name })} secret={draw.data.token} />;
  const isTownWide = rights.some((right) => reachOf[right] === 'town');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const where = isTownWide ? everywhere : scope;
    draw.mutate({ name, permissions: [...rights], scope: where, expiresInDays });
  };
  return (
    <form className="people-form" onSubmit={submit}>
      <TextInput
        label={t('tokenName')}
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Rights chosen={rights} onChange={setRights} />
      {isTownWide ? (
        <p className="quiet small">{t('wholeTown')}</p>
      ) : (
        <ScopeFields value={scope} onChange={setScope} />
      )}
      <NativeSelect
        label={t('validFor')}
        value={`${expiresInDays}`}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
        data={spans.map((days) => ({ value: `${days}`, label: t('days', { count: days }) }))}
      />
      {draw.error && <Failed error={draw.error} />}
      <Button type="submit" loading={draw.isPending} disabled={rights.length === 0}>
        {t('drawToken')}
      </Button>
    </form>
  );
}

interface RightsProps {
  chosen: readonly TokenPermission[];
  onChange: (rights: TokenPermission[]) => void;
}

function Rights({ chosen, onChange }: RightsProps) {
  const { t } = useTranslation('people');
  return (
    <fieldset className="people-places">
      <legend>{t('rights')}</legend>
      {TokenPermission.options.map((right) => (
        <Checkbox
          key={right}
          label={t(`right.${right}`)}
          checked={chosen.includes(right)}
          onChange={(event) =>
            onChange([
              ...chosen.filter((one) => one !== right),
              ...(event.currentTarget.checked ? [right] : []),
            ])
          }
        />
      ))}
    </fieldset>
  );
}
