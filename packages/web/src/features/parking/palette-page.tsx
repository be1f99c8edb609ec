import { NumberInput } from '@mantine/core';
import IconPrinter from '@tabler/icons-react/icons/IconPrinter';
import { useQuery } from '@tanstack/react-query';
import type { PaletteView } from '@vigie/contracts/parking';
import { VISIONS } from '@vigie/palette';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer, Waiting } from '../../face/notice.tsx';
import { Page } from '../../face/page.tsx';
import { useApi } from '../../platform/react.tsx';
import { ClosestPairs, Distances } from './palette-distances.tsx';
import { LampFaces, PaletteLegend, type Shown } from './palette-legend.tsx';
import { paletteQuery } from './queries.ts';
import './palette.css';

const periods = [7, 14, 31, 60, 61, 90];
const mostDays = 366;

/** A period as it stands in an address; two months when it is none. */
export function readPeriod(search: Record<string, unknown>): { days: number } {
  const days = Number(search.days);
  return { days: Number.isInteger(days) && days >= 1 && days <= mostDays ? days : 60 };
}

interface PalettePageProps {
  days: number;
  onDays: (days: number) => void;
}

/** Choose a period and see its colours: on screen and on a lamp, with each kind of eyes. */
export function PalettePage({ days, onDays }: PalettePageProps) {
  const { t } = useTranslation('parking');
  const [shown, setShown] = useState<Shown>({ vision: 'normal', on: 'screen' });
  const palette = useQuery(paletteQuery(useApi(), days));
  return (
    <Page
      title={t('colours')}
      back={{ to: '/parking', text: t('title') }}
      actions={
        <a
          className="page-action"
          href={`/api/v1/palettes/${days}/legend.svg`}
          target="_blank"
          rel="noopener"
        >
          <IconPrinter size={18} aria-hidden />
          {t('printLegend')}
        </a>
      }
    >
      <p className="quiet palette-intro">{t('coloursIntro')}</p>
      <Period days={days} onDays={onDays} />
      <Eyes shown={shown} onShown={setShown} />
      <Answer query={palette} waiting={<Searching />}>
        {(view) => <Colours view={view} shown={shown} />}
      </Answer>
    </Page>
  );
}

function Period({ days, onDays }: PalettePageProps) {
  const { t } = useTranslation('parking');
  return (
    <Choice
      title={t('period')}
      options={periods}
      chosen={days}
      onChoose={onDays}
      textOf={(count) => t('periodDays', { count })}
    >
      <NumberInput
        className="palette-number"
        aria-label={t('otherPeriod')}
        min={1}
        max={mostDays}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        value={days}
        onChange={(value) => typeof value === 'number' && value >= 1 && onDays(value)}
        suffix={` ${t('daysShort')}`}
      />
    </Choice>
  );
}

function Eyes({ shown, onShown }: { shown: Shown; onShown: (shown: Shown) => void }) {
  const { t } = useTranslation('parking');
  return (
    <div className="palette-eyes">
      <Choice
        title={t('visionLabel')}
        options={VISIONS}
        chosen={shown.vision}
        onChoose={(vision) => onShown({ ...shown, vision })}
        textOf={(vision) => t(`vision.${vision}`)}
      />
      <Choice
        title={t('shownOn')}
        options={['screen', 'lamp'] as const}
        chosen={shown.on}
        onChoose={(on) => onShown({ ...shown, on })}
        textOf={(on) => t(`on.${on}`)}
      />
    </div>
  );
}

interface ChoiceProps<T> {
  title: string;
  options: readonly T[];
  chosen: T;
  onChoose: (option: T) => void;
  textOf: (option: T) => string;
  children?: ReactNode;
}

/** One of a few, all in sight. */
function Choice<T extends string | number>(props: ChoiceProps<T>) {
  const { title, options, chosen, onChoose, textOf, children } = props;
  return (
    <fieldset className="palette-choice">
      <legend>{title}</legend>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          className="filter-state"
          aria-pressed={option === chosen}
          onClick={() => onChoose(option)}
        >
          {textOf(option)}
        </button>
      ))}
      {children}
    </fieldset>
  );
}

function Searching() {
  const { t } = useTranslation('parking');
  return (
    <>
      <p className="quiet">{t('searching')}</p>
      <Waiting rows={4} height={86} />
    </>
  );
}

function Colours({ view, shown }: { view: PaletteView; shown: Shown }) {
  const { t } = useTranslation('parking');
  return (
    <>
      <p className="quiet small palette-vision-note">{t(`visionNote.${shown.vision}`)}</p>
      <PaletteLegend legend={view.legend} shown={shown} />
      <ClosestPairs view={view} shown={shown} />
      <LampFaces view={view} shown={shown} />
      <Distances view={view} />
    </>
  );
}
