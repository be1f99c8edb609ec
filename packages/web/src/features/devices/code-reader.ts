/** What a browser that can read codes by itself offers. Source: W3C Shape Detection API, of which TypeScript knows nothing. */
interface Detector {
  detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

type DetectorClass = new (options: { formats: string[] }) => Detector;

const detectorOf = (): Detector | undefined => {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  return found && new found({ formats: ['qr_code'] });
};

/** `true` where codes can be read from the moving picture of a camera. */
export const canScanLive = (): boolean =>
  'BarcodeDetector' in globalThis && navigator.mediaDevices?.getUserMedia !== undefined;

/** A large photo costs seconds and reads no better. */
const mostPixels = 1600;

/** The text of the QR code on a photo; `undefined`: none was found. */
export async function readPhoto(photo: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(photo);
  try {
    const [found] =
      (await detectorOf()
        ?.detect(bitmap)
        .catch(() => [])) ?? [];
    return found?.rawValue ?? (await readPixels(bitmap));
  } finally {
    bitmap.close();
  }
}

/** Fetched only when it is needed: most phones read codes by themselves. */
async function readPixels(bitmap: ImageBitmap): Promise<string | undefined> {
  const { default: reader } = await import('jsqr');
  const scale = Math.min(1, mostPixels / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return reader.default(data, width, height)?.data;
}

/** How often the camera's picture is looked at. */
const lookMs = 200;

/**
 * Shows the camera in `video` and tells each code that it sees, until what it gives is called.
 * @throws DOMException when there is no camera or it may not be used.
 */
export async function scanLive(
  video: HTMLVideoElement,
  onText: (text: string) => void,
): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment' },
  });
  const detector = detectorOf();
  video.srcObject = stream;
  await video.play();
  const timer = setInterval(() => {
    // A picture that is not there yet cannot be read; the next one can.
    detector?.detect(video).then(
      ([code]) => code && onText(code.rawValue),
      () => undefined,
    );
  }, lookMs);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  };
}
