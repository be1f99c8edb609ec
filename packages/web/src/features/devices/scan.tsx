import { Button, FileButton, TextInput } from '@mantine/core';
import IconCamera from '@tabler/icons-react/icons/IconCamera';
import IconQrcode from '@tabler/icons-react/icons/IconQrcode';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canScanLive, readPhoto, scanLive } from './code-reader.ts';

interface ScanProps {
  /** Takes the text of a code; gives what is wrong with it, or nothing. */
  onCode: (text: string) => string | undefined;
}

/** A code by the camera where the browser reads codes, else by a photo of it, or typed. */
export function Scan({ onCode }: ScanProps) {
  const { t } = useTranslation('devices');
  const [problem, setProblem] = useState<string>();
  const [taken, setTaken] = useState(false);
  const [isLive, setLive] = useState(false);
  const take = (text: string | undefined) => {
    const wrong = text === undefined ? t('codeNone') : onCode(text);
    setProblem(wrong);
    setTaken(wrong === undefined);
    if (wrong === undefined) setLive(false);
  };
  return (
    <div className="device-scan">
      <div className="page-actions">
        {canScanLive() && (
          <Button
            variant="default"
            leftSection={<IconQrcode size={18} aria-hidden />}
            onClick={() => setLive(!isLive)}
          >
            {t(isLive ? 'scanStop' : 'scan')}
          </Button>
        )}
        <PhotoButton onText={take} />
      </div>
      {isLive && <Live onText={take} onTrouble={() => take(undefined)} />}
      <TypedCode onText={take} />
      <p className="small" role="status">
        {problem ?? (taken ? t('codeTaken') : t('codeHint'))}
      </p>
    </div>
  );
}

function PhotoButton({ onText }: { onText: (text: string | undefined) => void }) {
  const { t } = useTranslation('devices');
  const [isReading, setReading] = useState(false);
  const read = (photo: File | null) => {
    if (!photo) return;
    setReading(true);
    readPhoto(photo)
      .catch(() => undefined)
      .then(onText)
      .finally(() => setReading(false));
  };
  return (
    <FileButton accept="image/*" capture="environment" onChange={read}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          loading={isReading}
          leftSection={<IconCamera size={18} aria-hidden />}
        >
          {t('photo')}
        </Button>
      )}
    </FileButton>
  );
}

function TypedCode({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('devices');
  return (
    <TextInput
      label={t('code')}
      autoComplete="off"
      onChange={({ currentTarget: { value } }) => value.trim() && onText(value)}
    />
  );
}

interface LiveProps {
  onText: (text: string) => void;
  onTrouble: () => void;
}

function Live({ onText, onTrouble }: LiveProps) {
  const { t } = useTranslation('devices');
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef({ onText, onTrouble });
  told.current = { onText, onTrouble };
  useEffect(() => {
    const screen = video.current;
    if (!screen) return;
    const scanning = scanLive(screen, (text) => told.current.onText(text));
    scanning.catch(() => told.current.onTrouble());
    return () => void scanning.then((stop) => stop()).catch(() => undefined);
  }, []);
  return <video ref={video} className="device-camera" muted playsInline aria-label={t('camera')} />;
}
