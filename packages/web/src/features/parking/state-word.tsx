import IconAlertOctagonFilled from '@tabler/icons-react/icons/IconAlertOctagonFilled';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconCarFilled from '@tabler/icons-react/icons/IconCarFilled';
import IconCircleDashed from '@tabler/icons-react/icons/IconCircleDashed';
import IconHelpHexagon from '@tabler/icons-react/icons/IconHelpHexagon';
import type { DisplayState } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';

const shapes = {
  free: IconCircleDashed,
  parked: IconCarFilled,
  overstay: IconAlertOctagonFilled,
  unknown: IconHelpHexagon,
  fault: IconAlertTriangle,
};

const tones: Record<DisplayState, string> = {
  free: 'quiet',
  parked: '',
  overstay: '',
  unknown: 'state-fault',
  fault: 'state-fault',
};

/** The state of a space as shape and word. */
export function StateWord({ state }: { state: DisplayState }) {
  const { t } = useTranslation('parking');
  const Shape = shapes[state];
  return (
    <span className={`state ${tones[state]}`}>
      <Shape size={17} aria-hidden />
      {t(`state.${state}`)}
    </span>
  );
}
