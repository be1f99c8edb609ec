import { Link } from '@tanstack/react-router';
import type { AlarmInputView } from '@vigie/contracts/alarm-inputs';
import type { Bollard } from '@vigie/contracts/devices';
import type { Drills } from '@vigie/contracts/drills';
import type { RoomView } from '@vigie/contracts/evacuation';
import type { Message } from '@vigie/contracts/notifications';
import type { Case, SpaceView } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { Around, Moment } from '../../face/moment.tsx';
import { CaseRow } from '../cases/index.ts';
import { DrillLines } from '../drills/index.ts';
import { MessageList } from '../messages/index.ts';
import { SpaceTile, useParkingNow } from '../parking/index.ts';
import { RoomTile, useViewpoint } from '../rooms/index.ts';
import { NeedCard } from './need-card.tsx';

/** So many of a kind are listed here; the rest are a tap away. */
const MOST = 6;

/** Contacts of fire panels that cannot be read: an alarm there would be missed. */
export function AlarmInputNeeds({ inputs }: { inputs: AlarmInputView[] }) {
  const { t } = useTranslation('overview');
  if (inputs.length === 0) return null;
  return (
    <NeedCard
      count={inputs.length}
      title={t('alarmInputs', { count: inputs.length })}
      to="/inputs"
      shown={inputs.length}
    >
      <ul className="need-lines card">
        {inputs.map(({ id, name, problem }) => (
          <li key={id}>
            <span>
              <strong>{name}</strong> · {t('alarmInputFault')}
            </span>
            {problem && <span className="quiet small">{problem}</span>}
          </li>
        ))}
      </ul>
    </NeedCard>
  );
}

/** Drills to begin, to plan anew, or missing for too long. */
export function DrillNeeds({ drills }: { drills: Drills }) {
  const { t } = useTranslation('overview');
  const count = drills.due.length + drills.planned.length;
  if (count === 0) return null;
  return (
    <NeedCard count={count} title={t('drills', { count })} to="/drills" shown={count}>
      <DrillLines drills={drills} />
    </NeedCard>
  );
}

export function RoomNeeds({ rooms }: { rooms: RoomView[] }) {
  const { t } = useTranslation('overview');
  const view = useViewpoint();
  if (rooms.length === 0) return null;
  return (
    <NeedCard
      count={rooms.length}
      title={t('rooms', { count: rooms.length })}
      to="/rooms"
      shown={MOST}
    >
      <ul className="room-grid">
        {rooms.slice(0, MOST).map((room) => (
          <RoomTile key={room.id} room={room} view={view} />
        ))}
      </ul>
    </NeedCard>
  );
}

export function CaseNeeds({ cases }: { cases: Case[] }) {
  const { t } = useTranslation('overview');
  if (cases.length === 0) return null;
  return (
    <NeedCard
      count={cases.length}
      title={t('cases', { count: cases.length })}
      to="/cases"
      shown={MOST}
    >
      <ul className="case-list card">
        {cases.slice(0, MOST).map((one) => (
          <CaseRow key={one.id} one={one} />
        ))}
      </ul>
    </NeedCard>
  );
}

export function MessageNeeds({ messages }: { messages: Message[] }) {
  const { t } = useTranslation('overview');
  if (messages.length === 0) return null;
  return (
    <NeedCard
      count={messages.length}
      title={t('messages', { count: messages.length })}
      to="/messages"
      shown={MOST}
    >
      <MessageList messages={messages.slice(0, MOST)} />
    </NeedCard>
  );
}

export function SpaceNeeds({ spaces }: { spaces: SpaceView[] }) {
  const { t } = useTranslation('overview');
  const nowMs = useParkingNow();
  if (spaces.length === 0) return null;
  return (
    <NeedCard
      count={spaces.length}
      title={t('spaces', { count: spaces.length })}
      to="/parking"
      shown={MOST}
    >
      <ul className="space-grid">
        {spaces.slice(0, MOST).map((space) => (
          <SpaceTile key={space.id} space={space} nowMs={nowMs} />
        ))}
      </ul>
    </NeedCard>
  );
}

export function BollardNeeds({ bollards }: { bollards: Bollard[] }) {
  const { t } = useTranslation('overview');
  if (bollards.length === 0) return null;
  return (
    <NeedCard
      count={bollards.length}
      title={t('bollards', { count: bollards.length })}
      to="/devices"
      shown={MOST}
    >
      <ul className="need-lines card">
        {bollards.slice(0, MOST).map((bollard) => (
          <BollardLine key={bollard.id} bollard={bollard} />
        ))}
      </ul>
    </NeedCard>
  );
}

function BollardLine({ bollard }: { bollard: Bollard }) {
  const { t } = useTranslation('overview');
  const nowMs = useParkingNow();
  return (
    <li>
      {bollard.spaceId === null ? (
        <strong>{bollard.id}</strong>
      ) : (
        <Link to="/parking/$spaceId" params={{ spaceId: bollard.spaceId }}>
          <strong>{bollard.id}</strong>
        </Link>
      )}
      <span className="quiet small">
        {bollard.lastSeenAt ? (
          <Around text={t('lastSeen', { when: '\0' })}>
            <Moment at={bollard.lastSeenAt} nowMs={nowMs} />
          </Around>
        ) : (
          t('neverSeen')
        )}
      </span>
    </li>
  );
}
