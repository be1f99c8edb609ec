import { useEffect } from 'react';
import { useLive } from './platform/react.tsx';

/** Holds the stream of live events open while somebody is signed in. */
export function LiveLine() {
  const live = useLive();
  useEffect(() => {
    live.start();
    return live.stop;
  }, [live]);
  return null;
}
