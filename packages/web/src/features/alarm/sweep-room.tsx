import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconLock from '@tabler/icons-react/icons/IconLock';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import type { BoardRoom } from '@vigie/contracts/evacuation';
import type { SweepResult } from '@vigie/contracts/sweeps';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { useTimeStyle } from '../../platform/react.tsx';
import { faceOf, staleAfterMs, toldIn, useViewpoint } from '../rooms/index.ts';
import { Now } from './board-row.tsx';
import { standingFace } from './standing.ts';
import type { OutboxInHand } from './use-outbox.tsx';

interface SweepRoomProps {
  row: BoardRoom;
  outbox: OutboxInHand;
}

/** One room: how it stands, and three answers to "who is inside?". */
export function SweepRoom({ row, outbox }: SweepRoomProps) {
  const { t } = useTranslation('alarm');
  const [isCounting, setCounting] = useState(false);
  const { id: roomId, name } = row.room;
  const view = useViewpoint();
  const told = toldIn(useTimeStyle().language, row.room);
  const standing = standingFace(row, faceOf(row.live, staleAfterMs([]), view), view.isLate);
  const tell = (result: SweepResult, people: number | null = null) => {
    setCounting(false);
    outbox.sweep({ roomId, result, people });
  };
  return (
    <li className="sweep-room" data-testid={`sweep-${roomId}`} data-state={standing.kind}>
      <div className="sweep-room-head">
        <Now standing={standing} />
        <span>
          <strong>{name}</strong>
          <Last row={row} outbox={outbox} />
        </span>
      </div>
      {told && (
        <p className="sweep-told">
          <strong>{t('sweep.told')}</strong> {told}
        </p>
      )}
      {isCounting ? (
        <HowMany onPeople={(people) => tell('people', people)} onBack={() => setCounting(false)} />
      ) : (
        <div className="sweep-answers">
          <button type="button" className="sweep-clear" onClick={() => tell('clear')}>
            <IconCheck size={30} aria-hidden />
            {t('sweep.clear')}
            <span className="visually-hidden">{` : ${name}`}</span>
          </button>
          <button type="button" className="sweep-people" onClick={() => setCounting(true)}>
            <IconUsers size={30} aria-hidden />
            {t('sweep.people')}
            <span className="visually-hidden">{` : ${name}`}</span>
          </button>
          <button type="button" className="sweep-not-entered" onClick={() => tell('not-entered')}>
            <IconLock size={30} aria-hidden />
            {t('sweep.not-entered')}
            <span className="visually-hidden">{` : ${name}`}</span>
          </button>
        </div>
      )}
    </li>
  );
}

/** What was last said of the room: what still waits here, else what the server knows. */
function Last({ row, outbox }: SweepRoomProps) {
  const { t } = useTranslation('alarm');
  const mine = outbox.waiting.findLast(
    (one) => one.what === 'sweep' && one.body.roomId === row.room.id && one.refused === undefined,
  );
  if (mine?.what === 'sweep') {
    const { result, people, at } = mine.body;
    const found = t(`found.${result}`, { count: people ?? 0 });
    return (
      <span className="sweep-last">
        <Around text={t('sweep.waits', { found, when: '\0' })}>
          <TimeOfDay at={at} />
        </Around>
      </span>
    );
  }
  if (!row.sweep) return <span className="sweep-last">{t('sweep.nobodyYet')}</span>;
  const { result, people, by, madeAt } = row.sweep;
  const found = t(`found.${result}`, { count: people ?? 0 });
  return (
    <span className="sweep-last">
      <Around text={t('sweep.last', { found, who: by, when: '\0' })}>
        <TimeOfDay at={madeAt} />
      </Around>
    </span>
  );
}

const FIGURES = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20];

/** How many remain; a rough number helps, so a few are enough. */
function HowMany(props: { onPeople: (people: number) => void; onBack: () => void }) {
  const { t } = useTranslation(['alarm', 'face']);
  return (
    <fieldset className="sweep-figures">
      <legend>{t('sweep.howMany')}</legend>
      {FIGURES.map((people) => (
        <button key={people} type="button" onClick={() => props.onPeople(people)}>
          {people}
        </button>
      ))}
      <button type="button" onClick={props.onBack}>
        {t('face:back')}
      </button>
    </fieldset>
  );
}
