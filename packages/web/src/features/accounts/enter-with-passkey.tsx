import { Button } from '@mantine/core';
import IconKey from '@tabler/icons-react/icons/IconKey';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { Hindrance } from './add-passkey.tsx';
import { useEnterWithPasskey, usePasskeyField, usePasskeyOffer } from './passkeys.ts';

/** A button for those who have a passkey. `inField`: the browser offers them in the field of the name, too. */
export function EnterWithPasskey({ inField = false }: { inField?: boolean }) {
  const { t } = useTranslation('accounts');
  const offer = usePasskeyOffer();
  const enter = useEnterWithPasskey();
  const isOffered = offer !== undefined && offer.hindrance === undefined;
  // What was refused is not offered again by itself: some authenticators would answer without end.
  usePasskeyField(inField && isOffered && enter.isIdle, enter.mutate);
  if (!offer) return null;
  if (offer.hindrance) return <Hindrance hindrance={offer.hindrance} origin={offer.origin} />;
  return (
    <div className="account-passkey">
      {enter.error && <Failed error={enter.error} />}
      <Button
        variant="default"
        size="md"
        fullWidth
        leftSection={<IconKey size={20} aria-hidden />}
        loading={enter.isPending}
        onClick={() => enter.mutate(undefined)}
      >
        {t('passkeyEnter')}
      </Button>
    </div>
  );
}
