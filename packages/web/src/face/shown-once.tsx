import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ShownOnceProps {
  text: string;
  secret: string;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** A secret, the one time that it is shown. */
export function ShownOnce({ text, secret, children }: ShownOnceProps) {
  const { t } = useTranslation('face');
  return (
    <div role="status" className="shown-once">
      <p>{text}</p>
      <code data-testid="shown-once">{secret}</code>
      <div className="page-actions">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        {children}
      </div>
    </div>
  );
}
