import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nextProvider } from 'react-i18next';
import { askWhoIsSignedIn, isSignedOut } from './features/accounts/index.ts';
import { keepThroughReload } from './kept-data.ts';
import { takeLiveEvents } from './live-events.ts';
import { createApi, mayPass } from './platform/api.ts';
import { createServerClock } from './platform/clock.ts';
import { createI18n, preferredLanguage } from './platform/i18n.ts';
import { createLive } from './platform/live.ts';
import { PlatformProvider } from './platform/react.tsx';
import { theme } from './platform/theme.ts';
import { createRoutes } from './routes.tsx';
import { words } from './words.ts';

/** Builds the pages; the only place that knows every part. */
export function createApp() {
  const serverClock = createServerClock();
  const api = createApi({
    fetch: (...request) => fetch(...request),
    onServerTime: serverClock.learn,
  });
  const client: QueryClient = createClient();
  const live = createLive({
    url: '/api/v1/events',
    onEvents: (events) => takeLiveEvents(client, events),
    onReturn: () => void client.invalidateQueries(),
    onRefused: () => void askWhoIsSignedIn(client),
    shownSinceMs: keepThroughReload(client, localStorage),
  });
  const platform = { api, live, serverClock };
  // The staff's pages are French until somebody chooses; a citizen's are as the phone is.
  const isForCitizens = location.pathname.startsWith('/b/');
  const first = preferredLanguage(isForCitizens ? navigator.languages : []);
  const i18n = createI18n(words, localStorage, first);
  const router = createRoutes();
  return () => (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        // It would write both as styles that stand inline.
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={client}>
          <PlatformProvider value={platform}>
            <RouterProvider router={router} />
          </PlatformProvider>
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}

/** A query that finds the session ended asks who is signed in, which brings the sign-in page. */
function createClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => {
        if (isSignedOut(error) && queryKey[0] !== 'me') void askWhoIsSignedIn(client);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 20_000,
        retry: (failures, error) => mayPass(error) && failures < 2,
      },
    },
  });
  return client;
}
