import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconPrinter from '@tabler/icons-react/icons/IconPrinter';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { useApi } from '../../platform/react.tsx';
import { saveFile } from '../../platform/save-file.ts';
import { secondFactorQuery, useRenewBackupCodes } from './own-account.ts';
import { useMe } from './session.ts';
import { WithPassword } from './with-password.tsx';

/** With so few left one should renew them. */
const fewCodes = 3;

/** How many backup codes are left, and new ones. */
export function BackupCodes() {
  const { t } = useTranslation('accounts');
  const second = useQuery(secondFactorQuery(useApi()));
  const renew = useRenewBackupCodes();
  if (renew.data) return <CodeSheet codes={renew.data.backupCodes} />;
  return (
    <Answer query={second} waiting={<Waiting rows={1} height={24} />}>
      {({ backupCodesLeft }) =>
        backupCodesLeft !== null && (
          <>
            <Left count={backupCodesLeft} />
            <WithPassword act={renew} text={t('backupRenew')} />
          </>
        )
      }
    </Answer>
  );
}

function Left({ count }: { count: number }) {
  const { t } = useTranslation('accounts');
  return count > fewCodes ? (
    <p>{t('backupLeft', { count })}</p>
  ) : (
    <p className="account-warning">{t('backupFew', { count })}</p>
  );
}

/** Codes, the one time that they are shown: to be printed or kept as a file. */
export function CodeSheet({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('accounts');
  const { username, town } = useMe();
  const title = t('backupTitle', { username, town });
  const save = () =>
    saveFile(
      'codes-vigie.txt',
      `${[title, '', ...codes].join('\r\n')}\r\n`,
      'text/plain;charset=utf-8',
    );
  return (
    <div role="status" className="account-sheet">
      <p>{t('backupCodes')}</p>
      <div className="account-printed">
        <p className="account-print-only">{title}</p>
        <ul className="account-codes">
          {codes.map((one) => (
            <li key={one}>
              <code>{one}</code>
            </li>
          ))}
        </ul>
      </div>
      <div className="account-acts">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('print')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={save}
        >
          {t('download')}
        </Button>
      </div>
    </div>
  );
}
