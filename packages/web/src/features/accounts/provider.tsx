import { Button } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ErrorCode, errorCodes } from '@vigie/contracts/errors';
import { ProviderOffer } from '@vigie/contracts/provider';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../face/notice.tsx';
import { type Api, ApiError } from '../../platform/api.ts';
import { useApi } from '../../platform/react.tsx';

/** The provider by which people may sign in. */
export const providerQuery = (api: Api) =>
  queryOptions({
    queryKey: ['provider'],
    queryFn: ({ signal }) => api.get('/auth/provider', ProviderOffer, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What the way back from the provider says in the address of the page. */
interface Arrival {
  refused: ErrorCode | undefined;
  /** A code of Vigie is asked for next. */
  isCodeAsked: boolean;
}

const words = ['refused', 'second-factor', 'state'] as const;

/** Reads it once and takes it out of the address: a reload does not say it again. */
export function useArrival(): Arrival {
  const [arrival] = useState(readArrival);
  useEffect(() => {
    const url = new URL(location.href);
    if (!words.some((word) => url.searchParams.has(word))) return;
    for (const word of words) url.searchParams.delete(word);
    history.replaceState(history.state, '', url);
  }, []);
  return arrival;
}

function readArrival(): Arrival {
  const given = new URLSearchParams(location.search);
  const code = given.get('refused') ?? '';
  return {
    refused: Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : undefined,
    isCodeAsked: given.get('second-factor') === 'asked',
  };
}

/** Why somebody who came from the provider is not let in. */
export function ProviderRefused({ code }: { code: ErrorCode }) {
  const errorText = useErrorText();
  return (
    <p className="sign-in-error sign-in-refused" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      {errorText(new ApiError(code, errorCodes[code], code))}
    </p>
  );
}

/** The way to the provider; nothing where there is none. Source: ProConnect, "Intégration du bouton ProConnect", its words. */
export function ProviderSignIn() {
  const { t } = useTranslation('accounts');
  const offer = useQuery(providerQuery(useApi())).data;
  if (!offer?.name) return null;
  const to = location.pathname + location.search;
  return (
    <section className="sign-in-provider" aria-label={t('byProvider', offer)}>
      <Button
        component="a"
        size="md"
        variant="default"
        href={`/api/v1/auth/provider/start?${new URLSearchParams({ to })}`}
      >
        {t('byProvider', offer)}
      </Button>
      {offer.isProConnect && (
        <a
          className="small"
          href="https://www.proconnect.gouv.fr/"
          target="_blank"
          rel="noreferrer"
          title={t('whatIsProConnectWindow')}
        >
          {t('whatIsProConnect')}
        </a>
      )}
      <p className="sign-in-or quiet small">{t('orByPassword')}</p>
    </section>
  );
}
