import IconArchive from '@tabler/icons-react/icons/IconArchive';
import IconBan from '@tabler/icons-react/icons/IconBan';
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import IconCircleDashed from '@tabler/icons-react/icons/IconCircleDashed';
import IconClockExclamation from '@tabler/icons-react/icons/IconClockExclamation';
import IconReplace from '@tabler/icons-react/icons/IconReplace';
import IconSchool from '@tabler/icons-react/icons/IconSchool';
import IconVolumeOff from '@tabler/icons-react/icons/IconVolumeOff';
import type { DeviceLife } from '@vigie/contracts/devices';
import { useTranslation } from 'react-i18next';

const shapes: Record<DeviceLife, typeof IconBan> = {
  provisioned: IconArchive,
  installed: IconCircleDashed,
  learning: IconSchool,
  'in-service': IconCircleCheck,
  late: IconClockExclamation,
  silent: IconVolumeOff,
  replaced: IconReplace,
  retired: IconBan,
};

/** Where a device stands in its life, as shape and word. */
export function LifeWord({ life }: { life: DeviceLife }) {
  const { t } = useTranslation('devices');
  const Shape = shapes[life];
  const needsLook = life === 'silent' || life === 'late';
  return (
    <span className={`state ${needsLook ? 'state-fault' : ''}`}>
      <Shape size={17} aria-hidden />
      {t(`life.${life}`)}
    </span>
  );
}
