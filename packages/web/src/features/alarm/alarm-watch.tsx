import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from './notify-me.tsx';
import { useActiveIncidents } from './queries.ts';
import { soundTone } from './tone.ts';

/**
 * When an incident begins while the page is open: a short tone, a notification where it was allowed, the name in the
 * window's title, and the board by itself for whoever is looking at the rooms. An incident that was there before says nothing again.
 */
export function AlarmWatch() {
  const { t } = useTranslation('alarm');
  const { incidents, isKnown } = useActiveIncidents();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const known = useRef<Set<string>>(undefined);
  const gravest = useRef(incidents);
  gravest.current = incidents;
  const first = incidents[0];
  const ids = incidents.map(({ id }) => id).join(' ');

  useEffect(() => {
    if (!isKnown) return;
    const now = new Set(ids.split(' ').filter(Boolean));
    const before = known.current;
    known.current = now;
    const fresh = before && [...now].find((id) => !before.has(id));
    if (!fresh) return;
    soundTone();
    const incident = gravest.current.find(({ id }) => id === fresh);
    if (incident) notify(t(`banner.${incident.kind}`), incident.buildingName);
    if (/^\/rooms\/?$/.test(pathname))
      void navigate({ to: '/incidents/$incidentId', params: { incidentId: fresh } });
  }, [ids, isKnown, pathname, navigate, t]);

  useEffect(() => {
    if (!first) return;
    const mark = `${t(`banner.${first.kind}`)} · `;
    const put = () => {
      if (!document.title.startsWith(mark)) document.title = mark + document.title;
    };
    put();
    // Every page writes its own title; the alarm goes before each.
    const observer = new MutationObserver(put);
    const title = document.querySelector('title');
    if (title) observer.observe(title, { childList: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(mark, '');
    };
  }, [first, t]);
  return null;
}
