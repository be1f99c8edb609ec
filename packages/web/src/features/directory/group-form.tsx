import { Button, NativeSelect, TextInput } from '@mantine/core';
import { canBeLimited, everywhere, PersonRole } from '@vigie/contracts/accounts';
import type { GroupRole } from '@vigie/contracts/directory';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScopeFields } from '../people/index.ts';

const begun: GroupRole = { group: '', role: 'viewer', scope: everywhere };

interface GroupFormProps {
  /** `undefined`: a new line. */
  line: GroupRole | undefined;
  onDone: (line: GroupRole) => void;
}

/** One line of the table: a group, and the role it gives. */
export function GroupForm({ line = begun, onDone }: GroupFormProps) {
  const { t } = useTranslation(['directory', 'accounts', 'people']);
  const [draft, setDraft] = useState(line);
  const { group, role, scope } = draft;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone({ group: group.trim(), role, scope: canBeLimited(role) ? scope : everywhere });
  };
  return (
    <form className="people-form" onSubmit={submit}>
      <TextInput
        label={t('group')}
        description={t('groupHint')}
        required
        autoCapitalize="none"
        spellCheck={false}
        value={group}
        onChange={(event) => setDraft({ ...draft, group: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('role')}
        value={role}
        onChange={(event) =>
          setDraft({ ...draft, role: PersonRole.parse(event.currentTarget.value) })
        }
        data={PersonRole.options.map((value) => ({ value, label: t(`accounts:role.${value}`) }))}
      />
      {canBeLimited(role) ? (
        <ScopeFields value={scope} onChange={(next) => setDraft({ ...draft, scope: next })} />
      ) : (
        <p className="quiet small">{t('people:wholeTown')}</p>
      )}
      <Button type="submit" disabled={group.trim() === ''}>
        {t('take')}
      </Button>
    </form>
  );
}
