import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import IconCircleDot from '@tabler/icons-react/icons/IconCircleDot';
import IconEye from '@tabler/icons-react/icons/IconEye';
import IconFlag from '@tabler/icons-react/icons/IconFlag';
import IconMail from '@tabler/icons-react/icons/IconMail';
import IconWalk from '@tabler/icons-react/icons/IconWalk';
import type { Case, CaseStatus } from '@vigie/contracts/parking';
import { useTranslation } from 'react-i18next';
import { outcomeOf } from './cases.ts';

const shapes: Partial<Record<CaseStatus, typeof IconMail>> = {
  open: IconCircleDot,
  sent: IconMail,
  acknowledged: IconEye,
  inspecting: IconWalk,
  closed: IconCircleCheck,
};

/** The shape of a step; what was established on site is a flag. */
export function StepShape({ status, size }: { status: CaseStatus; size: number }) {
  const Shape = shapes[status] ?? IconFlag;
  return <Shape size={size} aria-hidden />;
}

/** The state of a case as shape and word; a closed one says with what outcome. */
export function CaseStatusWord({ one }: { one: Case }) {
  const { t } = useTranslation('cases');
  const { status } = one;
  const outcome = status === 'closed' ? outcomeOf(one) : undefined;
  return (
    <span className={`state ${status === 'closed' ? 'quiet' : ''}`}>
      <StepShape status={status} size={17} />
      {t(`status.${status}`)}
      {outcome && ` · ${t(`status.${outcome}`)}`}
    </span>
  );
}
