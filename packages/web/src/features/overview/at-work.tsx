import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../platform/react.tsx';
import { useMay } from '../accounts/index.ts';
import { spacesQuery } from '../parking/index.ts';
import {
  buildingsQuery,
  faceOfRoom,
  headlineOf,
  type RoomsSum,
  rangeText,
  sumOf,
  useViewpoint,
} from '../rooms/index.ts';

/** The town in three numbers, each the way to its page. */
export function AtWork() {
  const { t } = useTranslation('overview');
  const api = useApi();
  const may = useMay();
  const view = useViewpoint();
  const spaces = useQuery({ ...spacesQuery(api), enabled: may('parking.read') }).data;
  const buildings = useQuery({ ...buildingsQuery(api), enabled: may('rooms.read') }).data;
  const faces = buildings?.flatMap(({ rooms }) => rooms.map((room) => faceOfRoom(room, view)));
  const sum = faces && sumOf(faces);
  const taken = spaces?.filter(({ display }) => display.since !== null).length;
  return (
    <section className="section">
      <h2>{t('atWork')}</h2>
      <div className="at-work">
        {spaces && (
          <Figure to="/parking" figure={`${taken} / ${spaces.length}`} text={t('now.spaces')} />
        )}
        {sum && (
          <Figure to="/rooms" figure={peopleFigure(sum, t('now.nobody'))} text={t('now.people')} />
        )}
        {sum && (
          <Figure to="/rooms" figure={`${sum.empty} / ${faces.length}`} text={t('now.rooms')} />
        )}
      </div>
    </section>
  );
}

/** With a room unknown there is no upper limit, and nobody seen is no zero. */
function peopleFigure(sum: RoomsSum, nobody: string): string {
  const headline = headlineOf(sum);
  switch (headline.kind) {
    case 'seen':
      return rangeText(headline.min, headline.max);
    case 'at-least':
      return rangeText(headline.people, null);
    case 'unknown':
      return '?';
    case 'nobody-seen':
      return nobody;
  }
}

interface FigureProps {
  to: NonNullable<LinkProps['to']>;
  figure: string;
  text: string;
}

const Figure = ({ to, figure, text }: FigureProps) => (
  <Link to={to} className="card at-work-figure">
    <strong>{figure}</strong>
    <span className="quiet">{text}</span>
  </Link>
);
