/** Longest side of the page as it is drawn, in pixels. */
const longestSide = 3000;

/**
 * Draws a page of a PDF as PNG. What reads PDFs is fetched only now: few ever need it.
 * @throws Error when it is no PDF or has no such page.
 */
export async function pageAsPng(file: Blob, pageNumber: number): Promise<Blob> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
  const worker = await import('pdfjs-dist/build/pdf.worker.min.mjs?url');
  GlobalWorkerOptions.workerSrc = worker.default;
  const task = getDocument({ data: await file.arrayBuffer() });
  try {
    const page = await (await task.promise).getPage(pageNumber);
    const { width, height } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: longestSide / Math.max(width, height) });
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    await page.render({ canvas, viewport }).promise;
    return await pngOf(canvas);
  } finally {
    await task.destroy();
  }
}

/** @throws Error when the browser cannot draw so much. */
export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture cannot be drawn'))),
      'image/png',
    ),
  );
