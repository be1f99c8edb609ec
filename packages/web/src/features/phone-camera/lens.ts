/** Longer side of what is sent, pixels: people at the far end of a room are still found. */
const LONG_SIDE = 640;
const JPEG_QUALITY = 0.8;

/** An open camera of this device. */
export interface Lens {
  readonly stream: MediaStream;
  /** The next frame as JPEG. Waits for one that is new: a hidden page has none, and an old one would look like now. */
  capture(video: HTMLVideoElement): Promise<Blob>;
  close(): void;
}

/** Opens the camera at the back, or any; no sound. @throws DOMException, as `getUserMedia` does. */
export async function openLens(): Promise<Lens> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  const canvas = document.createElement('canvas');
  return {
    stream,
    async capture(video) {
      await newFrame(video);
      const scale = Math.min(1, LONG_SIDE / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
      return jpegOf(canvas);
    },
    close() {
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

const newFrame = (video: HTMLVideoElement): Promise<void> =>
  new Promise((resolve) => void video.requestVideoFrameCallback(() => resolve()));

const jpegOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The frame could not be encoded.'))),
      'image/jpeg',
      JPEG_QUALITY,
    ),
  );
