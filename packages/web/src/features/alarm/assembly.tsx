import { NumberInput } from '@mantine/core';
import type { Board } from '@vigie/contracts/evacuation';
import type { AssembledPeople } from '@vigie/contracts/sweeps';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Around, TimeOfDay } from '../../face/moment.tsx';
import { rangeText } from '../rooms/index.ts';
import { OutboxLine } from './outbox-line.tsx';
import { type OutboxInHand, useOutbox } from './use-outbox.tsx';
import './sweep.css';

/** The assembly point on a page that sends nothing else. */
export function AssemblyAlone({ board }: { board: Board }) {
  const outbox = useOutbox(board.incident.id);
  return (
    <>
      <Assembly board={board} count={outbox.count} />
      <OutboxLine />
    </>
  );
}

/** People outside, counted by hand: one more, one fewer, or the whole number. */
export function Assembly({ board, count }: { board: Board; count: OutboxInHand['count'] }) {
  const { t } = useTranslation('alarm');
  const known = board.assembled.map(({ point }) => point);
  const points = known.length > 0 ? known : [t('assembly.point')];
  return (
    <section className="assembly" aria-labelledby="assembly-title">
      <h2 id="assembly-title">{t('assembly.title')}</h2>
      {points.map((point) => (
        <Point
          key={point}
          point={point}
          assembled={board.assembled.find((one) => one.point === point)}
          count={count}
        />
      ))}
    </section>
  );
}

interface PointProps {
  point: string;
  /** undefined: nobody counted there yet */
  assembled: AssembledPeople | undefined;
  count: OutboxInHand['count'];
}

function Point({ point, assembled, count }: PointProps) {
  const { t } = useTranslation('alarm');
  const [whole, setWhole] = useState<number | string>('');
  const add = (people: number) => () => count({ point, how: 'add', people });
  const set = (event: FormEvent) => {
    event.preventDefault();
    if (typeof whole === 'number') count({ point, how: 'set', people: whole });
    setWhole('');
  };
  return (
    <div className="assembly-point" data-testid="assembly-point">
      <span className="assembly-name">
        <strong>{point}</strong>
        <span>
          {assembled?.by && assembled.at ? (
            <Around text={t('assembly.by', { who: assembled.by, when: '\0' })}>
              <TimeOfDay at={assembled.at} />
            </Around>
          ) : (
            t('assembly.none')
          )}
        </span>
        {assembled?.seen && (
          <span>
            {t('assembly.seen', { people: rangeText(assembled.seen.min, assembled.seen.max) })}
          </span>
        )}
      </span>
      <button type="button" onClick={add(-1)} aria-label={t('assembly.fewer', { point })}>
        −1
      </button>
      <output className="assembly-people">{assembled?.people ?? '—'}</output>
      <button type="button" onClick={add(1)} aria-label={t('assembly.more', { point })}>
        +1
      </button>
      <form onSubmit={set}>
        <NumberInput
          aria-label={t('assembly.whole', { point })}
          placeholder={t('assembly.number')}
          min={0}
          max={9999}
          allowDecimal={false}
          hideControls
          value={whole}
          onChange={setWhole}
        />
        <button type="submit">{t('assembly.set')}</button>
      </form>
    </div>
  );
}
