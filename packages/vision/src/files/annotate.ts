import type { DetectLine } from '@vigie/contracts/vision';

/**
 * A drawing to lay over the picture: a box round each human, its score in per cent and its track, and the count.
 * SVG in pixels of the picture.
 */
export function drawingOf({ width, height, count, detections }: DetectLine): string {
  const unit = Math.max(width, height) / 640;
  const font = `font-family="sans-serif" font-weight="bold" font-size="${(13 * unit).toFixed(1)}"`;
  const boxes = detections.map(({ box: [x, y, w, h], score, track }) => {
    const label = `${track === undefined ? '' : `#${track} `}${Math.round(score * 100)} %`;
    const labelY = Math.max(y - 4 * unit, 13 * unit);
    return (
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="#00e676" stroke-width="${2 * unit}"/>` +
      `<text x="${x}" y="${labelY}" ${font} fill="#00e676" stroke="#000" stroke-width="${3 * unit}" paint-order="stroke">${label}</text>`
    );
  });
  const total = `<text x="${6 * unit}" y="${height - 6 * unit}" ${font} fill="#fff" stroke="#000" stroke-width="${3 * unit}" paint-order="stroke">${count}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join('')}${total}</svg>`;
}
