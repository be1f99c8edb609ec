import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconUser from '@tabler/icons-react/icons/IconUser';
import { useTranslation } from 'react-i18next';
import { useMe, useSignOut } from '../features/accounts/index.ts';
import { languages } from '../platform/i18n.ts';

const schemes = ['auto', 'light', 'dark'] as const;
const languageNames = { fr: 'Français', en: 'English' };

/** Who is signed in, how the page looks, the way out. */
export function UserMenu() {
  const { t, i18n } = useTranslation(['shell', 'accounts']);
  const me = useMe();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          size={44}
          radius="xl"
          aria-label={t('accounts:account', { name: me.name })}
        >
          <IconUser size={24} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <strong>{me.name}</strong>
          <br />
          {t(`accounts:role.${me.role}`)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('theme')}</Menu.Label>
        {schemes.map((scheme) => (
          <Choice
            key={scheme}
            text={t(`theme.${scheme}`)}
            isOn={colorScheme === scheme}
            onChoose={() => setColorScheme(scheme)}
          />
        ))}
        <div className="shell-menu-language">
          <Menu.Divider />
          {languages.map((language) => (
            <Choice
              key={language}
              text={languageNames[language]}
              isOn={i18n.language === language}
              onChoose={() => void i18n.changeLanguage(language)}
            />
          ))}
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={() => signOut.mutate()}
        >
          {t('accounts:signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  text: string;
  isOn: boolean;
  onChoose: () => void;
}

const Choice = ({ text, isOn, onChoose }: ChoiceProps) => (
  <Menu.Item
    role="menuitemradio"
    aria-checked={isOn}
    leftSection={<IconCheck size={18} aria-hidden visibility={isOn ? 'visible' : 'hidden'} />}
    onClick={onChoose}
  >
    {text}
  </Menu.Item>
);
