import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A secret, the one time that it is shown. */
export function ShownOnce({ text, secret }: { text: string; secret: string }) {
  const { t } = useTranslation('people');
  return (
    <div role="status" className="people-once">
      <p>{text}</p>
      <code data-testid="drawn-secret">{secret}</code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {t(copied ? 'copied' : 'copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
