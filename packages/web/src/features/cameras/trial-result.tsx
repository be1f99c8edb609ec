import { Button } from '@mantine/core';
import IconPlugConnected from '@tabler/icons-react/icons/IconPlugConnected';
import type {
  CameraEnquiry,
  CameraTrial,
  NewCameraEnquiry,
} from '@vigie/contracts/camera-enquiries';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../face/notice.tsx';
import { useEnquiry } from './use-enquiry.ts';

/** Names under which people know codecs. */
const codecs: Readonly<Record<string, string>> = { h264: 'H.264', hevc: 'H.265', mjpeg: 'JPEG' };

interface TrialProps {
  /** `undefined`: there is nothing to try yet. */
  wish: NewCameraEnquiry | undefined;
}

/** The button that tries an address, and what came of it. */
export function Trial({ wish }: TrialProps) {
  const { t } = useTranslation('cameras');
  const { begin, enquiry, error, isUnderway } = useEnquiry();
  return (
    <div className="camera-trial">
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={18} aria-hidden />}
        disabled={!wish || isUnderway}
        onClick={() => wish && begin(wish)}
      >
        {t('try')}
      </Button>
      <div role="status">
        {isUnderway && <p className="quiet">{t(`step.${enquiry?.step ?? 'asked'}`)}</p>}
        {enquiry?.step === 'done' && <EnquiryTroubleText enquiry={enquiry} />}
        {enquiry?.trial && <Seen trial={enquiry.trial} />}
      </div>
      {error && <Failed error={error} />}
    </div>
  );
}

/** Why an enquiry brought nothing, and the remedy. */
export function EnquiryTroubleText({ enquiry: { trouble } }: { enquiry: CameraEnquiry }) {
  const { t } = useTranslation('cameras');
  return trouble && <p className="state-fault">{t(`trouble.${trouble}`)}</p>;
}

function Seen({ trial: { codec, width, height, fps, jpeg } }: { trial: CameraTrial }) {
  const { t, i18n } = useTranslation('cameras');
  const rate = fps?.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  const facts = { codec: codecs[codec] ?? codec, width, height, rate };
  const sends = t(fps === null ? 'seenStill' : 'seen', facts);
  if (jpeg === null)
    return (
      <p>
        {sends} <span className="quiet small">{t('noPreview')}</span>
      </p>
    );
  return (
    <figure className="camera-preview">
      <img src={`data:image/jpeg;base64,${jpeg}`} alt={t('preview')} />
      <figcaption>
        {sends} <span className="quiet small">{t('previewMeans')}</span>
      </figcaption>
    </figure>
  );
}
