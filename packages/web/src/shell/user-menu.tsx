import {
  ActionIcon,
  Button,
  Popover,
  SegmentedControl,
  useMantineColorScheme,
} from '@mantine/core';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconUser from '@tabler/icons-react/icons/IconUser';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../face/language-switch.tsx';
import { useMe, useSignOut } from '../features/accounts/index.ts';

const schemes = ['auto', 'light', 'dark'] as const;

/** Who is signed in, how the page looks, the way out. */
export function UserMenu() {
  const { t } = useTranslation('accounts');
  const { name } = useMe();
  return (
    <Popover position="bottom-end" width={290} trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" size={44} radius="xl" aria-label={t('account', { name })}>
          <IconUser size={24} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('account', { name })}>
        <Account />
      </Popover.Dropdown>
    </Popover>
  );
}

function Account() {
  const { t } = useTranslation(['shell', 'accounts']);
  const { name, role } = useMe();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <div className="shell-account">
      <p>
        <strong>{name}</strong>
        <span className="quiet small">{t(`accounts:role.${role}`)}</span>
      </p>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('theme')}
        value={colorScheme}
        onChange={setColorScheme}
        data={schemes.map((scheme) => ({ value: scheme, label: t(`theme.${scheme}`) }))}
      />
      <span className="shell-account-language">
        <LanguageSwitch />
      </span>
      <Link to="/account">{t('accounts:ownAccount')}</Link>
      <Button
        variant="default"
        leftSection={<IconLogout size={18} aria-hidden />}
        loading={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        {t('accounts:signOut')}
      </Button>
    </div>
  );
}
