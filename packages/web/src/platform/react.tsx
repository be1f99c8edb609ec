import { createContext, useContext, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from './api.ts';
import type { ServerClock, Watched } from './clock.ts';
import { languageFrom } from './i18n.ts';
import { isLate, type Live } from './live.ts';
import type { TimeStyle } from './time.ts';

/** What the pages stand on. `app.tsx` builds it once. */
export interface Platform {
  api: Api;
  live: Live;
  serverClock: ServerClock;
}

const PlatformContext = createContext<Platform | undefined>(undefined);
export const PlatformProvider = PlatformContext.Provider;

function usePlatform(): Platform {
  const platform = useContext(PlatformContext);
  if (!platform) throw new Error('The page stands outside PlatformProvider.');
  return platform;
}

export const useApi = (): Api => usePlatform().api;
export const useLive = (): Live => usePlatform().live;
export const useServerClock = (): ServerClock => usePlatform().serverClock;

const useWatched = <T,>({ subscribe, read }: Watched<T>): T =>
  useSyncExternalStore(subscribe, read);

/** The server's real time in epoch milliseconds, once a second. */
export const useNow = (): number => useWatched(usePlatform().serverClock);

/** `downSinceMs` as the stream says it, and whether that is long enough to doubt the screen. */
export function useConnection(): { downSinceMs: number | null; late: boolean } {
  const connection = useWatched(usePlatform().live);
  useNow();
  return { ...connection, late: isLate(connection, Date.now()) };
}

/** Where and how times are written; set by the town once somebody is signed in. */
const TimeZoneContext = createContext('Europe/Paris');
export const TimeZoneProvider = TimeZoneContext.Provider;

export function useTimeStyle(): TimeStyle {
  const { i18n } = useTranslation();
  return { language: languageFrom(i18n.language), timeZone: useContext(TimeZoneContext) };
}
