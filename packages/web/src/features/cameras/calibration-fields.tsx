import { Button, NumberInput } from '@mantine/core';
import type { Calibration, PlanPoint } from '@vigie/contracts/vision';
import { useTranslation } from 'react-i18next';
import { firstCalibration } from './draft.ts';
import type { DraftProps } from './mark-lists.tsx';

const axes = ['x', 'y'] as const;

/** Where the four points of the floor lie on the plan, in metres. */
export function CalibrationFields({ draft, onDraft }: DraftProps) {
  const { t } = useTranslation('cameras');
  const { calibration } = draft;
  const set = (next: Calibration | null) => onDraft({ ...draft, calibration: next });
  return (
    <fieldset className="camera-part">
      <legend>{t('plan')}</legend>
      <p className="quiet small">{t('planMeans')}</p>
      {calibration && (
        <ol className="camera-plan">
          {calibration.map(({ plan }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its number
            <li key={i}>
              <PlanFields
                number={i + 1}
                plan={plan}
                onPlan={(moved) =>
                  set(calibration.map((one, at) => (at === i ? { ...one, plan: moved } : one)))
                }
              />
            </li>
          ))}
        </ol>
      )}
      <Button
        variant="default"
        size="sm"
        onClick={() => set(calibration ? null : firstCalibration)}
      >
        {t(calibration ? 'planRemove' : 'planAdd')}
      </Button>
    </fieldset>
  );
}

interface PlanFieldsProps {
  number: number;
  plan: PlanPoint;
  onPlan: (plan: PlanPoint) => void;
}

const PlanFields = ({ number, plan, onPlan }: PlanFieldsProps) => {
  const { t } = useTranslation('cameras');
  return (
    <>
      <span className="point mark-plan" aria-hidden>
        {number}
      </span>
      {axes.map((axis, i) => (
        <NumberInput
          key={axis}
          aria-label={t(`plan.${axis}`, { number })}
          suffix=" m"
          decimalScale={2}
          step={0.1}
          value={plan[i] ?? 0}
          onChange={(value) => {
            if (typeof value !== 'number') return;
            onPlan(axis === 'x' ? [value, plan[1]] : [plan[0], value]);
          }}
        />
      ))}
    </>
  );
};
