import { Button, CopyButton, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BoardLink, NewBoardLink } from '@vigie/contracts/sweeps';
import qrcode from 'qrcode-generator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { Failed } from '../../face/notice.tsx';
import { useApi, useNow } from '../../platform/react.tsx';
import { linksQuery, useDrawLink, useRevokeLink } from './queries.ts';

/** Draws and takes back the links by which the fire service reads this board. */
export function BoardLinkButton({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation(['alarm', 'face']);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="board-leave" onClick={() => setOpen(true)}>
        {t('link.title')}
      </button>
      <Modal
        closeButtonProps={{ 'aria-label': t('face:close') }}
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('link.title')}
        centered
      >
        <Links incidentId={incidentId} />
      </Modal>
    </>
  );
}

function Links({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('alarm');
  const draw = useDrawLink(incidentId);
  const revoke = useRevokeLink(incidentId);
  const nowMs = useNow();
  const links = useQuery(linksQuery(useApi(), incidentId)).data ?? [];
  const open = links.filter((link) => !link.revokedAt && Date.parse(link.until) > nowMs);
  return (
    <div className="board-links">
      <p>{t('link.what')}</p>
      {draw.data && open.some(({ id }) => id === draw.data.id) ? (
        <LinkOnce link={draw.data} />
      ) : (
        <Button onClick={() => draw.mutate()} loading={draw.isPending}>
          {t('link.draw')}
        </Button>
      )}
      {(draw.error ?? revoke.error) && <Failed error={draw.error ?? revoke.error} />}
      {open.map((link) => (
        <OpenLink key={link.id} link={link} onRevoke={() => revoke.mutate(link.id)} />
      ))}
    </div>
  );
}

function OpenLink({ link, onRevoke }: { link: BoardLink; onRevoke: () => void }) {
  const { t } = useTranslation('alarm');
  return (
    <p className="board-links-open">
      <span>
        <Around text={t('link.until', { who: link.drawnBy, when: '\0' })}>
          <TimeOfDay at={link.until} />
        </Around>
      </span>
      <Button variant="default" onClick={onRevoke}>
        {t('link.revoke')}
      </Button>
    </p>
  );
}

/** The address, the one time that it is shown, as a code for a telephone. */
function LinkOnce({ link: { path } }: { link: NewBoardLink }) {
  const { t } = useTranslation('alarm');
  const address = new URL(path, location.href).href;
  return (
    <div className="board-links-once" role="status">
      <p>{t('link.once')}</p>
      <img src={codeOf(address)} alt={t('link.code')} width={260} height={260} />
      <code data-testid="board-link">{address}</code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {t(copied ? 'link.copied' : 'link.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

function codeOf(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  return code.createDataURL(8, 16);
}
